//! The national frame's file, `policies/national/<first-day>.toml`, into a [`Frame`]; `docs/policy.md` is the form.

use domain::bill::{ItemClass, Place, Scheme, Setting};
use domain::cite::Cite;
use domain::frame::{Demand, Frame};
use domain::step::LayerKind;

use super::amounts::ratio;
use super::head;
use super::ids::Ids;
use crate::bill::{needed, optional};
use crate::error::Errors;
use crate::reader::{Field, Reader, Table};
use crate::source::Source;

/// Reads a frame's file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn frame(source: &Source) -> Result<Frame, Errors> {
    let tree = source.tree()?;
    let mut r = Reader::new(source);
    let mut t = Table::root(&tree);
    let read = read(&mut r, &mut t);
    r.done(t);
    r.finish(read)
}

fn read(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Frame> {
    let schema = head::schema(r, t);
    let effective = needed(r, t, "effective", Reader::date);
    let (documents, ids) = head::documents(r, t);
    let ids = Ids::new(ids);
    let mut demands = Vec::new();
    let tables: [(&'static str, Row); 6] = [
        ("never", never),
        ("points_off", points_off),
        ("first_share_ceiling", first_share),
        ("share_floor", share),
        ("layer_floor", layer_share),
        ("cap_ceiling", cap),
    ];
    for (table, row) in tables {
        for mut t in r.tables(t, table) {
            let demand = row(r, &mut t);
            let cite: Option<Cite> = ids.cite(r, &mut t);
            r.done(t);
            demands.push(demand.zip(cite));
        }
    }
    schema?;
    Some(Frame {
        effective: effective?,
        documents,
        demands: demands.into_iter().collect::<Option<_>>()?,
    })
}

/// Reads what a row of one of the tables demands.
type Row = fn(&mut Reader<'_>, &mut Table<'_>) -> Option<Demand>;

fn never(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Demand> {
    let cause = needed(r, t, "cause", |r, f| r.text(f).map(str::to_owned));
    let advance = optional(r, t, "advance", Reader::bool);
    Some(Demand::Never {
        cause: cause?,
        advance: advance?.unwrap_or(false),
    })
}

fn points_off(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Demand> {
    let place = needed(r, t, "place", |r, f| r.word(f, Place::ALL, Place::code));
    let at_most = figure(r, t, "at_most");
    Some(Demand::PointsOff {
        place: place?,
        at_most: at_most?,
    })
}

fn first_share(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Demand> {
    let class = needed(r, t, "class", |r, f| {
        r.word(f, ItemClass::ALL, ItemClass::code)
    });
    let at_most = figure(r, t, "at_most");
    Some(Demand::FirstShare {
        class: class?,
        at_most: at_most?,
    })
}

fn share(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Demand> {
    let scheme = needed(r, t, "scheme", scheme);
    let setting = needed(r, t, "setting", |r, f| {
        r.word(f, Setting::ALL, Setting::code)
    });
    let at_least = figure(r, t, "at_least");
    Some(Demand::Share {
        scheme: scheme?,
        setting: setting?,
        at_least: at_least?,
    })
}

fn layer_share(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Demand> {
    let scheme = needed(r, t, "scheme", scheme);
    let layer = needed(r, t, "layer", |r, f| {
        r.word(f, LayerKind::ALL, LayerKind::code)
    });
    let at_least = figure(r, t, "at_least");
    Some(Demand::LayerShare {
        scheme: scheme?,
        layer: layer?,
        at_least: at_least?,
    })
}

fn cap(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Demand> {
    let scheme = needed(r, t, "scheme", scheme);
    let times = needed(r, t, "times", |r, f| r.count(f, 100));
    let of = needed(r, t, "of", |r, f| r.text(f).map(str::to_owned));
    Some(Demand::Cap {
        scheme: scheme?,
        times: times?,
        of: of?,
    })
}

fn scheme(r: &mut Reader<'_>, f: &Field<'_>) -> Option<Scheme> {
    r.word(f, Scheme::ALL, Scheme::code)
}

fn figure(r: &mut Reader<'_>, t: &mut Table<'_>, key: &'static str) -> Option<domain::Ratio> {
    needed(r, t, key, ratio).map(|spelt| spelt.value)
}
