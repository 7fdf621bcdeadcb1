//! `Paging`: which page of an answer is asked for, and the answer with what surrounds its rows.

use super::read::{Faulty, Fields};
use super::write::Out;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paging {
    /// From 1.
    page: usize,
    size: usize,
}

/// Rows of a page where nothing is said.
const USUAL: usize = 100;
/// More rows are not told at once.
const MOST: usize = 1000;

impl Paging {
    /// The page that is asked for, else the first.
    pub(super) fn read(data: &Fields<'_>) -> Result<Paging, Faulty> {
        let paging = Paging::asked(data)?;
        Ok(paging.unwrap_or(Paging::of(1, USUAL)))
    }

    /// The page, if one is asked for.
    pub(super) fn asked(data: &Fields<'_>) -> Result<Option<Paging>, Faulty> {
        let (page, size) = (data.opt_whole("page_num"), data.opt_whole("page_size"));
        let (page, size) = (page?, size?);
        if page.is_none() && size.is_none() {
            return Ok(None);
        }
        let number = |number: Option<u64>, usual| {
            let told = number.and_then(|number| usize::try_from(number).ok());
            told.filter(|number| *number > 0).unwrap_or(usual)
        };
        Ok(Some(Paging::of(number(page, 1), number(size, USUAL))))
    }

    fn of(page: usize, size: usize) -> Paging {
        Paging {
            page,
            size: size.min(MOST),
        }
    }

    /// The answer: the page's rows of all that were found.
    pub(super) fn told<T>(self, found: &[T], mut row: impl FnMut(&mut Out, &T)) -> String {
        let first = (self.page - 1).saturating_mul(self.size);
        let rows = found.get(first..).unwrap_or_default();
        let rows = &rows[..rows.len().min(self.size)];
        let pages = found.len().div_ceil(self.size);
        let mut out = Out::new();
        out.list("data", |list| {
            for one in rows {
                list.row(|out| row(out, one));
            }
        });
        let whole = |out: &mut Out, name, number: usize| {
            out.whole(name, u64::try_from(number).unwrap_or(u64::MAX));
        };
        let flag = |flag| if flag { "true" } else { "false" };
        whole(&mut out, "recordCounts", found.len());
        whole(&mut out, "pages", pages);
        whole(&mut out, "pageNum", self.page);
        whole(&mut out, "pageSize", self.size);
        out.raw("firstPage", flag(self.page == 1));
        out.raw("lastPage", flag(self.page >= pages));
        whole(&mut out, "size", rows.len());
        // Rows are counted from 1; a page without rows begins and ends nowhere.
        let start = if rows.is_empty() { 0 } else { first + 1 };
        whole(&mut out, "startRow", start);
        whole(
            &mut out,
            "endRow",
            if start == 0 { 0 } else { first + rows.len() },
        );
        out.json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: usize, size: usize, found: &[u64]) -> String {
        let paging = Paging::of(page, size);
        paging.told(found, |out, number| {
            out.whole("n", *number);
        })
    }

    #[test]
    fn a_page_says_where_it_stands() {
        let found = [1, 2, 3, 4, 5];
        assert_eq!(
            told(2, 2, &found),
            r#"{"data":[{"n":3},{"n":4}],"recordCounts":5,"pages":3,"pageNum":2,"pageSize":2,"firstPage":false,"lastPage":false,"size":2,"startRow":3,"endRow":4}"#
        );
        assert_eq!(
            told(3, 2, &found),
            r#"{"data":[{"n":5}],"recordCounts":5,"pages":3,"pageNum":3,"pageSize":2,"firstPage":false,"lastPage":true,"size":1,"startRow":5,"endRow":5}"#
        );
        assert_eq!(
            told(usize::MAX, 2, &[]),
            format!(
                r#"{{"data":[],"recordCounts":0,"pages":0,"pageNum":{},"pageSize":2,"firstPage":false,"lastPage":true,"size":0,"startRow":0,"endRow":0}}"#,
                usize::MAX
            )
        );
    }

    #[test]
    fn a_page_has_its_bound() {
        assert_eq!(Paging::of(1, 1_000_000).size, MOST);
    }
}
