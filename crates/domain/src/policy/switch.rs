//! The switches of a policy: closed choices, each seen in at least one region.

use crate::words::words;

words! {
    /// How a stay over the end of the benefit year is settled.
    pub enum Cross {
        Discharge: "discharge", "按出院日所在年度结算", "everything falls in the year of discharge";
        SplitByDay: "split_by_day", "按费用发生日分年度结算", "fee lines fall in the year of their day";
    }
}

words! {
    /// The day on which age counts.
    pub enum AgeOn {
        Service: "service", "结算当日", "the settlement day";
        YearStart: "year_start", "年度首日", "the first day of the year";
    }
}

words! {
    /// The days of a stay on which cover is needed.
    pub enum CoverageDays {
        Both: "both", "入院日和出院日", "both admission and discharge";
        Discharge: "discharge", "出院日", "discharge";
    }
}

words! {
    /// Does a payer round once over its bands, or band by band?
    pub enum RoundBands {
        Sum: "sum", "按付款方合计", "once for the payer";
        Each: "each", "逐段", "band by band";
    }
}

words! {
    /// What bands count.
    pub enum Origin {
        Absolute: "absolute", "按费用总额分段", "cost from zero";
        AboveDeductible: "above_deductible", "按超过起付线的部分分段", "cost above the deductible";
    }
}

words! {
    /// Over what sums accumulate.
    pub enum Accumulates {
        Year: "year", "按年度累计", "over the year";
        Stay: "stay", "按次计算", "by the stay or visit";
    }
}

words! {
    /// How often a figure is due or available.
    pub enum Per {
        Stay: "stay", "每次住院", "per stay";
        Year: "year", "每年度", "per year";
        Visit: "visit", "每次就诊", "per visit";
    }
}

words! {
    /// What a cap counts.
    pub enum CapBasis {
        Fund: "fund", "基金支付额", "payment of the fund";
        Cost: "cost", "政策范围内费用", "in-scope cost";
        CostAboveDeductible: "cost_above_deductible", "起付线以上费用", "in-scope cost above the deductible";
    }
}

words! {
    /// Which figure of the list a further period of one stay bears.
    pub enum Period {
        Again: "again", "按本次标准再付", "this stay's figure again";
        Next: "next", "按下一次住院标准", "the next stay's figure";
    }
}

words! {
    /// Along what ratios are claimed to rise.
    pub enum Along {
        Band: "band", "分段", "bands";
        Facility: "facility", "医疗机构等级", "facility classes";
        Person: "person", "人员类别", "person classes";
    }
}
