//! Written dates, and what becomes of them.

use super::*;

#[test]
fn each_name_of_a_month_names_one_month() {
    let file: toml::Table = toml::from_str(include_str!("../months.toml")).expect("months.toml");
    let names = file["names"].as_array().expect("a list");
    assert_eq!(names.len(), 12);
    let all = names.iter().flat_map(|line| line.as_str().expect("text").split_whitespace());
    assert_eq!(all.count(), WORDS.months.len());
}

#[test]
fn dates_of_every_form_become_iso() {
    for (written, iso_form) in [
        ("January 11, 2010 Monday", "2010-01-11"),
        ("March 5, 2019 Tuesday 9:03 AM GMT", "2019-03-05T09:03:00Z"),
        ("March 5, 2019 Tuesday 9:03 PM EST", "2019-03-05T21:03:00-05:00"),
        ("June 17, 1995, CITY EDITION", "1995-06-17"),
        ("Tuesday, March 5, 2019", "2019-03-05"),
        ("5 March 2019", "2019-03-05"),
        ("Mar. 5th, 2019", "2019-03-05"),
        ("Mar 5, 2019", "2019-03-05"),
        ("05-Mar-2019", "2019-03-05"),
        ("Friday, 5. July 2019 09:31:00 CEST", "2019-07-05T09:31:00+02:00"),
        ("mardi 14 mars 2006", "2006-03-14"),
        ("mar. 14 mars 2006", "2006-03-14"),
        ("1er août 2019", "2019-08-01"),
        ("5. März 2019", "2019-03-05"),
        ("Dienstag, 5. Dezember 2019 18:30", "2019-12-05"),
        ("5 de octubre de 2019", "2019-10-05"),
        ("5 ottobre 2019", "2019-10-05"),
        ("5 de março de 2019", "2019-03-05"),
        ("5 марта 2019 г.", "2019-03-05"),
        ("2019 年 3 月 5 日", "2019-03-05"),
        ("2019年3月5日", "2019-03-05"),
        ("2019/03/05", "2019-03-05"),
        ("2019-3-5", "2019-03-05"),
        ("05.03.2019", "2019-03-05"),
        ("25/03/2019", "2019-03-25"),
        ("03/25/2019", "2019-03-25"),
        ("20190305", "2019-03-05"),
        ("20190305143000", "2019-03-05T14:30:00"),
        ("1551744000", "2019-03-05T00:00:00Z"),
        ("1551744000000", "2019-03-05T00:00:00Z"),
        ("2019-03-05 08:30:00", "2019-03-05T08:30:00"),
        ("20190305T083000Z", "2019-03-05T08:30:00Z"),
        ("Tue, 05 Mar 2019 06:00:00 +0100", "2019-03-05T06:00:00+01:00"),
        ("Tue Mar 05 08:30:00 CET 2019", "2019-03-05T08:30:00+01:00"),
        ("Published: 5 March 2019, 08:30 GMT", "2019-03-05T08:30:00Z"),
        ("March 2019", "2019-03"),
    ] {
        assert_eq!(iso(written).as_deref(), Some(iso_form), "{written}");
    }
}

#[test]
fn iso_stays_as_it_is() {
    for date in [
        "2019-03-05",
        "2019-03",
        "2019",
        "2019-03-05T08:30:00",
        "2019-03-05T08:30:00.120+02:00",
        "2019-03-05T08:30:00Z",
    ] {
        assert_eq!(iso(date).as_deref(), Some(date));
    }
}

#[test]
fn what_is_no_date_or_two_stays_with_a_warning() {
    for odd in [
        "",
        "yesterday",
        "03/05/2019",
        "2019-13-01",
        "31 February 2019",
        "Spring 2019",
        "March/April 2019",
        "5 March 19",
        "2019030512",
        "9999999999999999999999",
        "12345678",
        "99:99",
    ] {
        assert_eq!(iso(odd), None, "{odd}");
    }
    let mut article = Article { date: Some(" 03/05/2019 ".to_owned()), ..Article::default() };
    normalise(&mut article);
    assert_eq!(article.date.as_deref(), Some("03/05/2019"));
    assert_eq!(article.warnings, ["the date \"03/05/2019\" is not understood (give YYYY-MM-DD)"]);
}

#[test]
fn hostile_dates_end() {
    assert_eq!(iso(&"1".repeat(1 << 20)), None);
    assert_eq!(iso(&"March ".repeat(20)), None);
    assert_eq!(iso("5 March 2019 99:99:99 +99:99").as_deref(), Some("2019-03-05"));
    assert_eq!(iso("5 March 2019 09:30 +99999999999").as_deref(), Some("2019-03-05"));
}
