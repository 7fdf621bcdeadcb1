//! `Item`: the table of what fee lines name, on shelves by use. Names and prices are plausible; codes are made up.

use domain::bill::{Category, ItemClass, UnitPrice};
use domain::ratio::Ratio;

/// An item of the catalogue (医保目录) with the price that the town's providers ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// In the form of the national codes (国家医保编码), and with `SYN` in the middle, which none of these has.
    pub code: &'static str,
    /// Name, with strength and package for drugs.
    pub name: &'static str,
    /// Category.
    pub category: Category,
    /// Class.
    pub class: ItemClass,
    /// Price of a unit.
    pub price: UnitPrice,
    /// Payment limit (限价) of a unit.
    pub limit: Option<UnitPrice>,
    /// First share (先行自付), in hundredths, of those that have one.
    percent: Option<u32>,
}

impl Item {
    /// The first share (先行自付): of every item of class B and of no other.
    #[must_use]
    pub fn first_share(&self) -> Option<Ratio> {
        self.percent.map(Ratio::percent)
    }
}

/// A code: a letter and a group as the national codes have them, and a serial number.
macro_rules! code {
    (western $group:literal $n:literal) => {
        concat!("X", $group, "SYN", $n, "A001010100", $n)
    };
    (patent $group:literal $n:literal) => {
        concat!("Z", $group, "SYN", $n, "0101000", $n)
    };
    (herb $group:literal $n:literal) => {
        concat!("T", $group, "SYN", $n, "0000000", $n)
    };
    (material $group:literal $n:literal) => {
        concat!("C", $group, "SYN", $n, "01010001", $n)
    };
    ($service:ident $group:literal $n:literal) => {
        concat!("00", $group, "SYN", $n, "0000-", $group, "00", $n)
    };
}

macro_rules! category {
    (western) => {
        Category::Drug
    };
    (patent) => {
        Category::Drug
    };
    (herb) => {
        Category::Drug
    };
    (material) => {
        Category::Material
    };
    (service) => {
        Category::Service
    };
    (bed) => {
        Category::Bed
    };
    (blood) => {
        Category::Blood
    };
    (other) => {
        Category::Other
    };
}

macro_rules! some {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

/// Shelves of items: form of the code, group, serial number, class with its first share in hundredths, price in fen, payment
/// limit in fen, name.
macro_rules! shelves {
    ($($(#[$doc:meta])* $shelf:ident {
        $($form:ident $group:literal $n:literal $class:ident$(($percent:literal))? $price:literal $(limit $limit:literal)? $name:literal;)+
    })+) => {
        $($(#[$doc])* pub(crate) const $shelf: &[Item] = &[$(Item {
            code: code!($form $group $n),
            name: $name,
            category: category!($form),
            class: ItemClass::$class,
            price: UnitPrice($price * 10_000),
            limit: some!($(UnitPrice($limit * 10_000))?),
            percent: some!($($percent)?),
        },)+];)+

        /// All shelves.
        pub(crate) const SHELVES: &[&[Item]] = &[$($shelf),+];
    };
}

shelves! {
    /// Fee of an outpatient visit by level: community, 1, 2, 3.
    CONSULTATIONS {
        service "1102" "001" A  1000 "一般诊疗费（社区）";
        service "1102" "002" A  2000 "门诊诊查费（一级医院）";
        service "1102" "003" A  3000 limit 2500 "门诊诊查费（二级医院）";
        service "1102" "004" A  5000 limit 4000 "门诊诊查费（三级医院）";
    }

    /// Fee of a visit to the emergency department.
    EMERGENCY_FEES {
        service "1102" "005" A  7000 limit 6000 "急诊诊查费";
    }

    /// Fee of a visit to a doctor of Chinese medicine.
    TCM_FEES {
        service "1102" "006" A  5000 limit 4000 "中医辨证论治诊查费";
    }

    /// Each day in a ward.
    WARD_FEES {
        service "1102" "007" A  4000 "住院诊查费";
        service "1201" "008" A  2600 "Ⅱ级护理";
        service "1201" "009" A  5000 "Ⅰ级护理";
    }

    /// A day's bed by level: 1, 2, 3.
    BEDS {
        bed "1109" "010" A  3000 limit 2400 "普通病床床位费（一级医院）";
        bed "1109" "011" A  4200 limit 3200 "普通病床床位费（二级医院）";
        bed "1109" "012" A  6500 limit 4500 "普通病床床位费（三级医院）";
    }

    /// Each day in intensive care.
    INTENSIVE {
        bed "1109" "013" A 15000 limit 10000 "重症监护病房床位费";
        service "1201" "014" A 24000 "重症监护";
        service "3106" "015" A 48000 "有创呼吸机辅助呼吸（日）";
        service "1201" "016" B(10) 9600 "心电血氧监测（日）";
        western "J01" "017" B(20) 39800 "注射用美罗培南 1g";
        western "B05" "018" B(30) 37800 limit 35000 "人血白蛋白 10g";
    }

    /// Tests in the laboratory.
    LABORATORY {
        service "2501" "019" A  2000 "血常规（五分类）";
        service "2501" "020" A  1000 "尿常规";
        service "2503" "021" A   800 "血清葡萄糖测定";
        service "2503" "022" B(10) 6500 "糖化血红蛋白测定";
        service "2503" "023" A  6000 "肝功能九项";
        service "2503" "024" A  4500 "肾功能四项";
        service "2503" "025" A  4000 "血脂四项";
        service "2503" "026" A  3600 "电解质六项";
        service "2503" "027" B(10) 12000 "心肌损伤标志物三项";
        service "2502" "028" A  4800 "凝血功能四项";
        service "2504" "029" B(10) 5000 "C反应蛋白测定";
        service "2504" "030" B(10) 18000 limit 15000 "肿瘤标志物五项";
        service "2504" "031" B(10) 13500 "甲状腺功能五项";
        service "2505" "032" A  7500 "细菌培养及药敏";
    }

    /// Pictures.
    IMAGING {
        service "2102" "033" A  7800 "数字化摄影（DR）";
        service "2103" "034" B(10) 19800 limit 18000 "CT平扫";
        service "2103" "035" B(10) 32000 "CT增强扫描";
        service "2104" "036" B(10) 52000 limit 48000 "磁共振平扫";
        service "2202" "037" A  9500 "腹部彩色多普勒超声";
        service "2202" "038" A 14000 "心脏彩色多普勒超声";
        service "3107" "039" A  2600 "常规心电图";
        service "3107" "040" B(10) 18000 "动态心电图";
        service "3109" "041" B(10) 22000 "电子胃镜检查";
        service "3109" "042" B(10) 28000 "电子结肠镜检查";
    }

    /// Treatments.
    TREATMENTS {
        service "1204" "043" A   400 "肌肉注射";
        service "1204" "044" A  1200 "静脉输液";
        service "1207" "045" A  1000 "雾化吸入";
        service "1206" "046" A  2500 "换药（中）";
        service "1203" "047" A  9600 "持续吸氧（日）";
        service "3402" "048" B(10) 4500 "运动疗法";
    }

    /// Treatments of Chinese medicine.
    TCM_TREATMENTS {
        service "4300" "049" A  3600 "普通针刺";
        service "4500" "050" A  5800 "颈肩腰腿推拿";
        service "4400" "051" A  2400 "拔罐疗法";
        service "4100" "052" B(10) 4200 "中药热敷";
    }

    /// Operations, from the frequent to the rare and dear.
    OPERATIONS {
        service "3315" "053" A  68000 "清创缝合术（大）";
        service "3310" "054" A 148000 "腹腔镜下阑尾切除术";
        service "3310" "055" A 225000 "腹腔镜下胆囊切除术";
        service "3303" "056" A 180000 "白内障超声乳化摘除术";
        service "3314" "057" A 165000 "剖宫产术";
        service "3315" "058" A 290000 "股骨骨折切开复位内固定术";
        service "3202" "059" B(10) 420000 "冠状动脉支架置入术";
        service "3315" "060" A 460000 "人工髋关节置换术";
        service "3306" "061" B(10) 520000 "胸腔镜下肺叶切除术";
        service "3301" "062" B(10) 780000 "开颅颅内血肿清除术";
        service "3307" "063" B(10) 1150000 "冠状动脉搭桥术";
    }

    /// What goes with an operation: anaesthesia first.
    THEATRE {
        service "3301" "064" A 88000 "全身麻醉（2小时）";
        material "02" "065" B(10) 3200 "一次性使用麻醉包";
        material "02" "066" B(10) 12800 limit 10000 "可吸收缝合线";
        material "14" "067" B(20) 86000 limit 80000 "腔镜切割吻合器钉仓";
        material "14" "068" C  26000 "防粘连膜";
    }

    /// Implants.
    IMPLANTS {
        material "03" "069" B(30) 82000 "药物洗脱冠脉支架";
        material "03" "070" B(30) 735000 limit 650000 "人工髋关节假体";
        material "03" "071" B(30) 268000 "钢板螺钉内固定系统";
        material "03" "072" B(30) 145000 limit 120000 "人工晶体";
        material "03" "073" C 380000 "组织补片（进口）";
    }

    /// Disposables of the ward.
    DISPOSABLES {
        material "14" "074" A   280 "一次性使用输液器";
        material "14" "075" A   120 "一次性使用注射器";
        material "14" "076" B(10) 2800 limit 2000 "静脉留置针";
        material "14" "077" B(10) 4600 "一次性使用导尿包";
        material "14" "078" C  1500 "医用护理垫";
    }

    /// Blood.
    BLOOD {
        blood "2600" "079" B(10) 24000 "悬浮红细胞 1U";
        blood "2600" "080" B(10) 6000 "新鲜冰冻血浆 100ml";
        blood "2600" "081" B(10) 140000 "单采血小板 1治疗量";
    }

    /// Drugs for what passes.
    ACUTE {
        western "J01" "082" A   980 "阿莫西林胶囊 0.5g×24粒";
        western "J01" "083" A  1240 "头孢克洛胶囊 0.25g×12粒";
        western "J01" "084" B(10) 2860 "左氧氟沙星片 0.5g×7片";
        western "J01" "085" B(10) 3350 "阿奇霉素片 0.25g×6片";
        western "M01" "086" A  1860 "布洛芬缓释胶囊 0.3g×20粒";
        western "A02" "087" A  1420 "奥美拉唑肠溶胶囊 20mg×28粒";
        western "A03" "088" A   860 "多潘立酮片 10mg×30片";
        western "R06" "089" A  1120 "氯雷他定片 10mg×12片";
        western "R05" "090" A  2180 "盐酸氨溴索口服溶液 100ml";
        western "R03" "091" B(10) 7860 "布地奈德福莫特罗吸入粉雾剂";
        western "S01" "092" A  1540 "左氧氟沙星滴眼液 5ml";
        western "D07" "093" A   990 "糠酸莫米松乳膏 10g";
        patent "A01" "094" A  1650 "连花清瘟胶囊 0.35g×36粒";
        patent "A01" "095" A  1280 "板蓝根颗粒 10g×20袋";
        patent "A01" "096" B(10) 3680 "蓝芩口服液 10ml×12支";
        patent "A04" "097" B(10) 2980 "藿香正气口服液 10ml×10支";
        western "A11" "098" C  6800 "复合维生素片 60片";
    }

    /// Drugs of the ward.
    WARD_DRUGS {
        western "J01" "099" A  1580 "注射用头孢呋辛钠 0.75g";
        western "J01" "100" B(10) 4680 "注射用头孢哌酮钠舒巴坦钠 1.5g";
        western "B05" "101" A   420 "0.9%氯化钠注射液 250ml";
        western "B05" "102" A   450 "5%葡萄糖注射液 250ml";
        western "A02" "103" B(10) 3980 "注射用泮托拉唑钠 40mg";
        western "B01" "104" B(10) 4120 "依诺肝素钠注射液 4000AxaIU";
        western "R05" "105" A  1860 "盐酸氨溴索注射液 15mg";
        western "B05" "106" B(20) 11200 limit 9800 "复方氨基酸注射液 250ml";
        patent "A12" "107" B(20) 5860 "注射用血栓通 150mg";
        western "N02" "108" C  9800 "注射用帕瑞昔布钠（自费） 40mg";
    }

    /// For hypertension.
    HYPERTENSION {
        western "C08" "109" A  1254 "苯磺酸氨氯地平片 5mg×28片";
        western "C08" "110" B(10) 4620 "硝苯地平控释片 30mg×28片";
        western "C09" "111" A  1980 "缬沙坦胶囊 80mg×28粒";
        western "C07" "112" A  1460 "酒石酸美托洛尔片 25mg×40片";
        western "C03" "113" A   680 "吲达帕胺片 2.5mg×28片";
    }

    /// For diabetes.
    DIABETES {
        western "A10" "114" A  1120 "盐酸二甲双胍片 0.5g×60片";
        western "A10" "115" A   860 "阿卡波糖片 50mg×30片";
        western "A10" "116" B(10) 4390 "达格列净片 10mg×14片";
        western "A10" "117" B(10) 6940 "甘精胰岛素注射液 3ml:300U";
        western "A10" "118" B(20) 16800 "利拉鲁肽注射液 3ml:18mg";
    }

    /// For coronary heart disease.
    HEART {
        western "B01" "119" A   920 "阿司匹林肠溶片 100mg×30片";
        western "B01" "120" A  1780 "硫酸氢氯吡格雷片 75mg×28片";
        western "C10" "121" A  1060 "阿托伐他汀钙片 20mg×28片";
        western "C01" "122" A  1640 "单硝酸异山梨酯缓释片 40mg×24片";
        patent "A12" "123" B(10) 2740 "复方丹参滴丸 27mg×180丸";
    }

    /// For tumours.
    TUMOUR {
        western "L01" "124" B(10) 154000 "吉非替尼片 0.25g×10片";
        western "L01" "125" B(10) 98000 "卡培他滨片 0.5g×36片";
        western "L01" "126" B(20) 328000 limit 310000 "信迪利单抗注射液 100mg";
        western "A04" "127" B(10) 6200 "盐酸帕洛诺司琼注射液 0.25mg";
        western "L03" "128" B(10) 12600 "人粒细胞刺激因子注射液 150μg";
    }

    /// Each session of dialysis.
    DIALYSIS {
        service "3110" "129" A 40000 "血液透析";
        material "10" "130" B(10) 9800 "一次性使用血液透析器";
        material "10" "131" B(10) 2600 "一次性使用血液透析管路";
        western "B03" "132" B(10) 3280 "重组人促红素注射液 3000IU";
    }

    /// For mental disorders.
    MENTAL {
        western "N05" "133" A  3860 "奥氮平片 10mg×14片";
        western "N05" "134" A  2240 "利培酮片 1mg×30片";
        western "N06" "135" A  2980 "盐酸舍曲林片 50mg×28片";
        service "3115" "136" B(10) 8000 "心理治疗（次）";
    }

    /// Over the counter of a pharmacy.
    COUNTER {
        patent "A01" "137" A  1580 "感冒灵颗粒 10g×9袋";
        patent "A06" "138" B(10) 2260 "健胃消食片 0.8g×64片";
        patent "A15" "139" B(10) 3480 "云南白药气雾剂";
        patent "A08" "140" C  5800 "六味地黄丸（浓缩丸） 200丸";
        western "A12" "141" C  7600 "碳酸钙D3片 60片";
        material "14" "142" C  3900 "医用外科口罩 50只";
        material "16" "143" C 16900 "电子血压计";
    }

    /// Herbs (中药饮片), by the gram.
    HERBS {
        herb "001" "144" A    12 "黄芪";
        herb "001" "145" A    15 "当归";
        herb "001" "146" A     8 "茯苓";
        herb "001" "147" A     9 "白术";
        herb "001" "148" A     4 "甘草";
        herb "001" "149" A    18 "丹参";
        herb "001" "150" A    10 "柴胡";
        herb "001" "151" B(10) 46 "川贝母粉";
        herb "001" "152" C    98 "西洋参";
    }

    /// What no insurance pays.
    OWN_ACCOUNT {
        other "9900" "153" C 12000 "陪护服务（日）";
        other "9900" "154" C  3000 "病历复印及邮寄";
    }
}
