//! A part of the inputs: articles of some days, of some outlets.

use super::date::iso;
use crate::article::Article;
use jiff::civil::Date;

/// Which articles are asked for; by default all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    /// None that are dated before this day.
    pub since: Option<Date>,
    /// None that are dated after this day.
    pub until: Option<Date>,
    /// None but of these outlets, by name (whatever its capitals) or by the host of the address ("bbc.co.uk" stands for
    /// "www.bbc.co.uk" too). Empty: of any.
    pub outlets: Vec<String>,
}

impl Only {
    /// The first and last day of a written day, month or year.
    #[must_use]
    pub fn days(written: &str) -> Option<(Date, Date)> {
        let date = iso(written)?;
        let number = |from, to| date.get(from..to).and_then(|s: &str| s.parse::<i16>().ok());
        let (year, month) = (number(0, 4)?, number(5, 7));
        let day = |month: i16, day: i8| Date::new(year, i8::try_from(month).ok()?, day).ok();
        Some(match (month, date.get(..10)) {
            (_, Some(whole)) => {
                let whole = whole.parse().ok()?;
                (whole, whole)
            }
            (Some(month), None) => {
                let first = day(month, 1)?;
                (first, first.last_of_month())
            }
            (None, None) => (day(1, 1)?, day(12, 31)?),
        })
    }

    /// Why an article was not asked for; `None` when it was.
    pub(super) fn leaves_out(&self, article: &Article) -> Option<&'static str> {
        if !self.outlets.is_empty() && !self.outlets.iter().any(|o| is_of(article, o)) {
            return Some("of another outlet (--outlet)");
        }
        if self.since.is_none() && self.until.is_none() {
            return None;
        }
        let Some((first, last)) = article.date.as_deref().and_then(Only::days) else {
            return Some("without a date that is understood (--since, --until)");
        };
        let before = self.since.is_some_and(|since| last < since);
        let after = self.until.is_some_and(|until| first > until);
        (before || after).then_some("dated outside of --since and --until")
    }
}

fn is_of(article: &Article, outlet: &str) -> bool {
    let wanted = outlet.trim().to_lowercase();
    let named = article.outlet.as_ref().is_some_and(|name| name.trim().to_lowercase() == wanted);
    named
        || article.url.as_deref().and_then(host).is_some_and(|host| {
            let wanted = wanted.strip_prefix("www.").unwrap_or(&wanted);
            host == wanted || host.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('.'))
        })
}

/// The host of an address, in lower case.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(since: &str, until: &str, outlets: &[&str]) -> Only {
        Only {
            since: Only::days(since).map(|(first, _)| first),
            until: Only::days(until).map(|(_, last)| last),
            outlets: outlets.iter().map(|o| (*o).to_owned()).collect(),
        }
    }

    fn dated(date: &str) -> Article {
        Article { date: Some(date.to_owned()), ..Article::default() }
    }

    #[test]
    fn days_months_and_years_are_ranges() {
        let taken = |range: &Only, date: &str| range.leaves_out(&dated(date)).is_none();
        let march = only("2019-03", "2019-03", &[]);
        for date in ["2019-03-01", "2019-03-31T23:59:59Z", "2019-03", "2019", "5 March 2019"] {
            assert!(taken(&march, date), "{date}");
        }
        for date in ["2019-02-28T23:59:59-05:00", "2019-04-01", "2018", "2020-03-05", "soon"] {
            assert!(!taken(&march, date), "{date}");
        }
        assert!(taken(&only("2019-03-05", "", &[]), "2031-01-01"));
        assert!(!taken(&only("", "2018", &[]), "2019-01-01"));
        let undated = march.leaves_out(&Article::default());
        assert!(undated.is_some_and(|reason| reason.contains("without a date")));
        assert_eq!(Only::default().leaves_out(&Article::default()), None);
        assert_eq!(Only::days("2020-02").map(|(_, last)| last.day()), Some(29));
        assert_eq!(Only::days("yesterday"), None);
    }

    #[test]
    fn outlets_are_names_or_hosts() {
        let article = Article {
            outlet: Some("Norby Courier".to_owned()),
            url: Some("https://user@News.Norby.example:8080/2019/1?x".to_owned()),
            ..Article::default()
        };
        for outlet in ["norby courier", "norby.example", "www.norby.example", "news.norby.example"]
        {
            assert_eq!(only("", "", &["other", outlet]).leaves_out(&article), None, "{outlet}");
        }
        for outlet in ["norby", "example.norby", "orby.example", "courier"] {
            assert!(only("", "", &[outlet]).leaves_out(&article).is_some(), "{outlet}");
        }
    }
}
