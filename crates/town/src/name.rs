//! Names: tables of surnames and of the characters that given names and companies are made of.

use crate::dice::Dice;
use domain::membership::Sex;

/// Surnames by weight, roughly as frequent as in the country (公安部 2021 全国姓名报告).
const SURNAMES: &[(u32, &str)] = &[
    (72, "王"),
    (71, "李"),
    (67, "张"),
    (54, "刘"),
    (45, "陈"),
    (31, "杨"),
    (22, "黄"),
    (21, "赵"),
    (20, "吴"),
    (20, "周"),
    (14, "徐"),
    (14, "孙"),
    (13, "马"),
    (13, "朱"),
    (12, "胡"),
    (12, "郭"),
    (12, "何"),
    (12, "林"),
    (11, "罗"),
    (11, "高"),
    (10, "郑"),
    (10, "梁"),
    (9, "谢"),
    (9, "宋"),
    (8, "唐"),
    (8, "许"),
    (7, "邓"),
    (7, "冯"),
    (7, "韩"),
    (7, "曹"),
    (6, "曾"),
    (6, "彭"),
    (6, "肖"),
    (6, "蔡"),
    (5, "潘"),
    (5, "田"),
    (5, "董"),
    (5, "袁"),
    (4, "于"),
    (4, "余"),
    (4, "叶"),
    (4, "蒋"),
    (4, "杜"),
    (4, "苏"),
    (3, "魏"),
    (3, "程"),
    (3, "吕"),
    (3, "丁"),
    (1, "欧阳"),
    (1, "上官"),
];

const MEN: &[&str] = &[
    "伟", "强", "磊", "军", "洋", "勇", "杰", "涛", "明", "超", "刚", "平", "辉", "鹏", "华", "飞",
    "鑫", "波", "斌", "宇", "浩", "凯", "健", "俊", "帆", "帅", "旭", "宁", "龙", "林", "欢", "阳",
    "建国", "建军", "志强", "志明", "国强", "海涛", "文博", "浩然", "子轩", "宇航", "梓豪", "俊杰",
    "家豪", "子涵", "一鸣", "天佑", "永康", "德胜", "福生", "金山", "玉林", "长江", "立新", "跃进",
];

const WOMEN: &[&str] = &[
    "芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "燕", "玲", "桂", "丹", "萍", "红", "玉", "兰",
    "梅", "琳", "雪", "慧", "莉", "婷", "倩", "洁", "颖", "莹", "琴", "云", "洋", "欣", "悦", "蕾",
    "秀英", "桂英", "秀兰", "玉兰", "玉梅", "凤英", "淑珍", "春梅", "海燕", "晓燕", "雨涵", "欣怡",
    "诗涵", "梓涵", "子萱", "一诺", "佳怡", "思雨", "雅婷", "美玲", "丽华", "爱华", "建华", "小红",
];

const FIRST: &[&str] = &[
    "安", "百", "长", "诚", "德", "东", "丰", "福", "光", "广", "海", "恒", "宏", "华", "嘉", "江",
    "金", "锦", "康", "凌", "隆", "明", "南", "宁", "鹏", "启", "瑞", "盛", "泰", "新",
];

const SECOND: &[&str] = &[
    "邦", "博", "昌", "辰", "达", "发", "峰", "富", "和", "泓", "辉", "捷", "景", "凯", "立", "联",
    "茂", "能", "平", "祺", "润", "顺", "腾", "旺", "祥", "信", "兴", "扬", "源", "正",
];

const TRADES: &[&str] = &[
    "机械制造",
    "电子科技",
    "建筑工程",
    "物流",
    "餐饮管理",
    "服装",
    "食品",
    "汽车零部件",
    "物业服务",
    "商贸",
    "教育咨询",
    "软件",
    "生物医药",
    "纺织",
    "印刷包装",
    "酒店管理",
    "装饰设计",
    "农业发展",
    "文化传媒",
    "环保科技",
];

/// Surname and given name. About a fifth of the one-character given names are doubled, as children's are.
pub(crate) fn of_person(dice: &mut Dice, sex: Sex) -> String {
    let surname = dice.weighed(SURNAMES);
    let given = *dice.pick(match sex {
        Sex::Male => MEN,
        Sex::Female => WOMEN,
    });
    let mut name = String::with_capacity(12);
    name.push_str(surname);
    name.push_str(given);
    if given.len() == 3 && dice.percent(20) {
        name.push_str(given);
    }
    name
}

/// `江源机械制造有限公司`; the large are groups of companies.
pub(crate) fn of_company(dice: &mut Dice, large: bool) -> String {
    let (first, second, trade) = (dice.pick(FIRST), dice.pick(SECOND), dice.pick(TRADES));
    let form = if large {
        "集团有限公司"
    } else {
        "有限公司"
    };
    format!("{first}{second}{trade}{form}")
}
