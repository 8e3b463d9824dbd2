//! Mails and mailboxes.

use super::super::super::tests::rows;
use crate::article::Article;

const HEAD: &str = "From: =?utf-8?q?Velsund_Morning?= <desk@quay.example>\r\nTo: r@quay.example\r\n\
    Subject: =?UTF-8?B?UXVheSDigJxzaHV04oCd?=\r\nDate: Wed, 05 Mar 2031 06:00:00 +0100\r\n\
    MIME-Version: 1.0\r\n";

const PLAIN: &str =
    "“We would rather close it now,” said Marta Vik.\n\nCrews had no warning, they said.";

fn one(name: &str, mail: String) -> Article {
    let mut rows = rows(name, mail.into_bytes());
    assert_eq!(rows.len(), 1, "{name}");
    rows.remove(0).unwrap_or_else(|reject| panic!("{name}: {reject}"))
}

fn part(kind: &str, encoding: &str, body: &str) -> String {
    format!(
        "--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n"
    )
}

#[test]
fn the_best_part_is_read_decoded() {
    let quoted = "=E2=80=9CWe would rather close it now,=E2=80=9D said Marta =\r\nVik.\r\n\r\nCrews had no warning, they said.";
    let base64 = "4oCcV2Ugd291bGQgcmF0aGVyIGNsb3NlIGl0IG5vdyzigJ0gc2FpZCBNYXJ0YSBWaWsuCgpDcmV3cyBo\r\n\
        YWQgbm8gd2FybmluZywgdGhleSBzYWlkLg==";
    let html = "<html><body><p>“We would rather close it now,” said Marta Vik.</p><p>Crews had no \
        warning, they said.</p></body></html>";
    let stub = "View this in your browser: https://quay.example/1";
    let parts = |parts: &str| {
        format!("{HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n{parts}--b--\r\n")
    };
    let utf8 = "text/plain; charset=utf-8";
    for (name, mail) in [
        (
            "quoted",
            format!(
                "{HEAD}Content-Type: {utf8}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{quoted}"
            ),
        ),
        (
            "base64",
            format!(
                "{HEAD}Content-Type: {utf8}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}"
            ),
        ),
        (
            "both parts",
            parts(
                &(part(utf8, "quoted-printable", quoted)
                    + &part("text/html; charset=utf-8", "8bit", html)),
            ),
        ),
        (
            "a stub and a page",
            parts(&(part(utf8, "8bit", stub) + &part("text/html; charset=utf-8", "8bit", html))),
        ),
        ("a page alone", format!("{HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n{html}")),
        (
            "lines of Unix",
            format!(
                "{HEAD}Content-Type: {utf8}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}"
            )
            .replace("\r\n", "\n"),
        ),
    ] {
        let article = one("a.eml", mail.clone());
        assert_eq!(article.text.trim(), PLAIN, "{name}");
        assert_eq!(article.title.as_deref(), Some("Quay “shut”"), "{name}");
        assert_eq!(article.outlet.as_deref(), Some("Velsund Morning"), "{name}");
        assert_eq!(article.date.as_deref(), Some("2031-03-05T06:00:00+01:00"), "{name}");
        assert_eq!(one("-", mail).text.trim(), PLAIN, "{name}, by its bytes");
    }
}

#[test]
fn attachments_are_told_and_locked_mails_rejected() {
    let mixed = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}{}--b--\r\n",
        part("text/plain; charset=utf-8", "8bit", PLAIN),
        part("application/pdf; name=a.pdf", "base64", "JVBERi0=")
    );
    let article = one("a.eml", mixed);
    assert_eq!(article.warnings, ["1 attachments were not read"]);
    let locked = format!(
        "{HEAD}Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nMIIB\r\n"
    );
    let rows = rows("a.eml", locked.into_bytes());
    assert!(rows[0].as_ref().is_err_and(|r| r.reason.contains("locked")), "{rows:?}");
}

#[test]
fn mails_within_mails_end() {
    let deep = format!("{HEAD}{}", "Content-Type: message/rfc822\r\n\r\n".repeat(100_000));
    let told = rows("a.eml", deep.into_bytes());
    assert!(told[0].as_ref().is_err_and(|r| r.reason.contains("more than 50")), "{told:?}");
}

#[test]
fn exports_sent_by_mail_are_cut() {
    let document = |n: usize| {
        format!(
            "{n} of 2 DOCUMENTS\n\nCourier\n\nMarch 5, 2031 Wednesday\n\nQuay {n}\n\nLENGTH: 4 words\n\nThe quay shuts, all.\n\nLANGUAGE: ENGLISH\n\n"
        )
    };
    let mail = format!("{HEAD}Content-Type: text/plain\r\n\r\n{}{}", document(1), document(2));
    let found = rows("a.eml", mail.clone().into_bytes());
    let titles: Vec<_> =
        found.iter().map(|row| row.as_ref().expect("an article").title.as_deref()).collect();
    assert_eq!(titles, [Some("Quay 1"), Some("Quay 2")]);
    let mailbox = format!("From a@b.example Wed Mar  5 06:00:00 2031\n{mail}");
    let told = rows("a.mbox", mailbox.into_bytes());
    assert!(
        told[0].as_ref().is_err_and(|r| r.reason.contains("an export of a database")),
        "{told:?}"
    );
}

#[test]
fn a_mailbox_has_a_row_for_each_mail() {
    let mail = |n: usize| {
        format!(
            "From desk@quay.example Wed Mar  5 06:0{n}:00 2031\n{}\n>From the quay, mail {n}.\n\nFrom here on it is quiet.\n",
            HEAD.replace("\r\n", "\n")
        )
    };
    let all: String = (1..=5).map(|n| mail(n) + "\n").collect();
    for name in ["a.mbox", "-"] {
        let rows = rows(name, all.clone().into_bytes());
        let texts: Vec<String> =
            rows.into_iter().map(|row| row.expect("a mail").text.trim().to_owned()).collect();
        let expected: Vec<String> = (1..=5)
            .map(|n| format!("From the quay, mail {n}.\n\nFrom here on it is quiet."))
            .collect();
        assert_eq!(texts, expected, "{name}");
    }
}

#[test]
fn a_text_that_opens_with_labels_is_no_mail() {
    for text in [
        "Date: 5 March\nThe quay shuts.",
        "From: the quay, a report\n\nIt shuts.",
        "Note: From now on, mail is read.\n\nTo: all.",
        "Date: 5 March\nDate: 6 March\nDate: 7 March\n\nText.",
        "Subject: quays\nDate: 5 March\n\nText.",
    ] {
        assert_eq!(one("a.txt", text.to_owned()).text, text);
    }
}
