//! What holds whatever is sent: an answer of the right form, and nothing recorded unless it went well.

use std::path::Path;

use agency::LaneId;
use serde_json::{Value, json};

use super::say::{self, line};
use super::{HOSPITAL, House, PHARMACY, REGION, root};

/// The keys of every answer.
const KEYS: [&str; 9] = [
    "infcode",
    "inf_refmsgid",
    "refmsg_time",
    "respond_time",
    "err_msg",
    "warn_msg",
    "cainfo",
    "signtype",
    "output",
];

/// A house that is knocked at with anything.
pub(crate) struct Watched {
    pub(crate) house: House,
    lanes: Vec<LaneId>,
    heads: Vec<u64>,
    /// Answers that went well, and others.
    pub(crate) count: [u64; 2],
}

impl Watched {
    pub(crate) fn new() -> Watched {
        let house = House::new(3);
        let lanes: Vec<LaneId> = house.agency().lane_ids().collect();
        let mut watched = Watched {
            house,
            lanes,
            heads: Vec::new(),
            count: [0, 0],
        };
        watched.heads = watched.heads();
        watched
    }

    fn heads(&self) -> Vec<u64> {
        let agency = self.house.agency();
        let head = |lane: &LaneId| agency.read(*lane, |store| Ok(store.head()?.seq)).unwrap();
        self.lanes.iter().map(head).collect()
    }

    /// Knocks with a body, and holds the answer and the books against the laws; the answer.
    pub(crate) fn knock(&mut self, path: &str, body: &[u8]) -> Value {
        let shown = || String::from_utf8_lossy(body).into_owned();
        let out = self.house.knock(path, body);
        assert!(
            [200, 401, 413].contains(&out.status),
            "{}: {}",
            out.status,
            shown()
        );
        let heads = self.heads();
        let answer: Value = match out.is_file {
            true => json!({ "infcode": 0 }),
            false => {
                serde_json::from_slice(&out.body).unwrap_or_else(|e| panic!("{e}: {}", shown()))
            }
        };
        let code = answer["infcode"].to_string();
        let well = code == "0";
        if out.status == 200 && !out.is_file {
            let keys = answer.as_object().into_iter().flat_map(|all| all.keys());
            assert!(keys.eq(KEYS.iter()), "{answer}\n{}", shown());
            assert!(well || code == "-1", "{answer}\n{}", shown());
            let error = answer["err_msg"].as_str().unwrap_or_default();
            assert!(
                well != (!error.is_empty() && answer["output"].is_null()),
                "{answer}\n{}",
                shown()
            );
            assert!(error.chars().count() <= 200, "{answer}");
        }
        assert!(
            well || heads == self.heads,
            "refused and recorded: {answer}\n{}",
            shown()
        );
        self.heads = heads;
        self.count[usize::from(!well)] += 1;
        answer
    }

    /// In the end the books are whole, and no lane stumbled.
    pub(crate) fn end(&self) {
        let refusals = self.house.refusals();
        for code in ["unavailable", "busy"] {
            assert_eq!(refusals.get(code), None, "{refusals:?}");
        }
        let report = agency::audit::audit(self.house.agency(), |_| ()).unwrap();
        assert!(report.is_clean(), "{:?}", report.breaks);
    }
}

/// Messages to begin with: the samples, about persons and institutions of the house, and a visit and a stay that are there; and the
/// numbers that were given.
pub(crate) fn seeds(watched: &mut Watched) -> (Vec<Value>, Vec<String>) {
    let li = watched.house.people[0].clone();
    let mut given = vec![
        li.id.clone(),
        watched.house.people[1].id.clone(),
        li.identity.clone(),
    ];
    let lines = [
        line("1", "XA00SYN002A001010100002", 3, 3333),
        line("2", "SYN110200001", 1, 15000),
    ];
    let total = say::sum(&lines);
    let mut all = Vec::new();
    let mut tell = |by: &str, number: &str, input: Value| {
        let message = say::message(by, number, &format!("s{}", all.len()), &input);
        let answer = watched.knock("/callService", message.to_string().as_bytes());
        assert_eq!(answer["infcode"], json!(0), "{message}\n{answer}");
        all.push(message);
        for node in ["data", "result", "setlinfo"] {
            for name in ["mdtrt_id", "setl_id"] {
                let id = answer["output"][node][name].as_str();
                given.extend(id.map(str::to_owned));
            }
        }
        let data = &answer["output"];
        let ids = [&data["data"], &data["result"], &data["setlinfo"]]
            .map(|node| node["mdtrt_id"].as_str());
        ids.into_iter()
            .flatten()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    tell(HOSPITAL, "1101", say::person(&li));
    let visit = tell(HOSPITAL, "2201", say::register(&li));
    tell(HOSPITAL, "2203", say::describe(&li, &visit, "11"));
    tell(HOSPITAL, "2204", say::lines(&li, &visit, "A", &lines));
    tell(HOSPITAL, "2206", say::settle(&li, &visit, "A", total));
    tell(HOSPITAL, "2207", say::settle(&li, &visit, "A", total));
    tell(PHARMACY, "2102", say::purchase(&li, &lines));
    let stay = tell(HOSPITAL, "2401", say::admit(&li));
    tell(HOSPITAL, "2301", say::stay_lines(&li, &stay, &lines));
    tell(HOSPITAL, "2402", say::discharge(&li, &stay, "2025-03-08"));
    tell(
        HOSPITAL,
        "2303",
        say::settle_stay(&li, &stay, total, (false, "2025-03-08")),
    );
    tell(
        HOSPITAL,
        "2304",
        say::settle_stay(&li, &stay, total, (false, "2025-03-08")),
    );
    tell(HOSPITAL, "2601", say::undo(&li, "2207", "never"));
    let live = all.len();
    all.extend(samples(&li.id, &li.identity, &visit));
    assert!(all.len() > live + 20, "the samples are there");
    (all, given)
}

fn samples(person: &str, identity: &str, visit: &str) -> Vec<Value> {
    let folder = root().join("crates/service/samples");
    let mut all: Vec<Value> = Vec::new();
    let mut paths: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    let request = |path: &&std::path::PathBuf| path.to_string_lossy().ends_with(".request.json");
    for path in paths.iter().filter(request) {
        let text = read(path);
        let text = text
            .replace("43010000000000000000000001", person)
            .replace("430100199001010005", identity)
            .replace("430100OP20250303000001", visit)
            .replace("H43010099901", HOSPITAL)
            .replace("P43010099902", PHARMACY)
            .replace("\"430100\"", &format!("\"{REGION}\""));
        all.push(serde_json::from_str(&text).unwrap());
    }
    all
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
