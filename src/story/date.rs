//! Dates of articles, as far as they can be told.

use jiff::Timestamp;
use jiff::civil::{self, DateTime};
use jiff::tz::TimeZone;

/// When an article was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    day: civil::Date,
    /// Known only where a time was given.
    moment: Option<Timestamp>,
}

impl Date {
    /// Reads ISO 8601 ("2026-05-03", "2026-05-03T10:00:00+02:00") and the dates of mails ("Sun, 3 May 2026 10:00:00 +0200").
    /// A time without a zone is taken as UTC. `None` for anything else: a date that can be read in two ways is not guessed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let at = |moment: Timestamp| Date {
            day: moment.to_zoned(TimeZone::UTC).date(),
            moment: Some(moment),
        };
        if let Ok(moment) = text.parse::<Timestamp>() {
            return Some(at(moment));
        }
        if let Ok(mail) = jiff::fmt::rfc2822::parse(text) {
            return Some(at(mail.timestamp()));
        }
        if text.len() > 10
            && let Ok(moment) = text.parse::<DateTime>()
        {
            return TimeZone::UTC.to_timestamp(moment).ok().map(at);
        }
        text.parse::<civil::Date>().ok().map(|day| Date { day, moment: None })
    }

    /// The day.
    #[must_use]
    pub fn day(self) -> civil::Date {
        self.day
    }

    /// Whole days between two dates.
    #[must_use]
    pub fn days_apart(self, other: Date) -> u32 {
        self.day.until(other.day).map_or(u32::MAX, |span| span.get_days().unsigned_abs())
    }

    /// True when this one is surely the earlier.
    #[must_use]
    pub fn is_before(self, other: Date) -> bool {
        match (self.moment, other.moment) {
            (Some(a), Some(b)) => a < b,
            _ => self.day < other.day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn before(a: &str, b: &str) -> bool {
        Date::parse(a).expect(a).is_before(Date::parse(b).expect(b))
    }

    #[test]
    fn dates_are_read_in_the_forms_that_pages_use() {
        assert!(before("2026-05-03", "2026-05-04"));
        assert!(before("2026-05-03T10:00:00+02:00", "2026-05-03T09:00:00Z"));
        assert!(before("Sun, 3 May 2026 10:00:00 +0200", "2026-05-03 08:30:00"));
        for odd in ["", "yesterday", "03/05/2026", "2026-13-01"] {
            assert_eq!(Date::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_day_without_a_time_is_not_before_the_same_day() {
        let day = |text: &str| Date::parse(text).expect(text);
        assert_eq!(day("2026-05-03").days_apart(day("2025-05-01T10:00:00Z")), 367);
        assert!(
            !before("2026-05-03", "2026-05-03T09:00:00Z")
                && !before("2026-05-03T09:00:00Z", "2026-05-03")
        );
    }
}
