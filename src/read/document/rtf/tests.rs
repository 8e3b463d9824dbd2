//! RTF as programs write it, and as none should.

use super::super::super::tests::rows;

fn told(rtf: impl Into<Vec<u8>>) -> String {
    let mut rows = rows("a.rtf", rtf.into());
    assert_eq!(rows.len(), 1);
    match rows.remove(0) {
        Ok(article) => article.text,
        Err(reject) => reject.reason,
    }
}

#[test]
fn text_is_what_a_reader_sees() {
    for (name, rtf, text) in [
        (
            "marks",
            r"{\rtf1\ansi \ldblquote Yes,\rdblquote  she said\emdash it\rquote s so.}",
            "“Yes,” she said—it’s so.",
        ),
        ("code page", r"{\rtf1\ansi\ansicpg1252 \'93Yes,\'94 said Zo\'eb.}", "“Yes,” said Zoë."),
        ("Cyrillic", r"{\rtf1\ansi\ansicpg1251 \'cc\'ee\'f1\'f2 open}", "Мост open"),
        (
            "Cyrillic font",
            r"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}\f1 \'cc\'ee\'f1\'f2\f0  \'e9}",
            "Мост é",
        ),
        ("Unicode", r"{\rtf1\uc1 \u8220?Yes\u8221?, \u-10179?\u-8702?}", "“Yes”, 😂"),
        ("Unicode with longer stand-ins", r"{\rtf1\uc2 \u8220\'93\'93Yes{\uc0\u8221 }}", "“Yes”"),
        ("paragraphs", "{\\rtf1 One\\par\r\nTwo\\line three\\\nFour}", "One\n\nTwo\nthree\n\nFour"),
        (
            "groups aside",
            r"{\rtf1{\*\generator Word}{\info{\title T}}{\header Page}{\pict 89504e}Text{\footer 1}}",
            "Text",
        ),
        (
            "links",
            r#"{\rtf1 See {\field{\*\fldinst HYPERLINK "http://a.example"}{\fldrslt here}}.}"#,
            "See here.",
        ),
        ("escaped", r"{\rtf1 a \{b\} \\c\~d\_e\-f}", "a {b} \\c\u{a0}d-ef"),
        ("hidden", r"{\rtf1 Shown{\v gone}\v  gone\v0  too}", "Shown too"),
        ("binary", "{\\rtf1 a{\\*\\objdata\\bin5 }}}}}}b}", "ab"),
        ("no last brace", r"{\rtf1 Cut off here", "Cut off here"),
        ("bytes behind", "{\\rtf1 Text}\0\0trailing", "Text"),
    ] {
        assert_eq!(told(rtf), text, "{name}");
    }
}

#[test]
fn hostile_files_end() {
    assert!(told("{\\rtf1".to_owned() + &"{".repeat(1 << 20)).contains("broken"));
    assert!(told("{\\rtf1 ").contains("without text"));
    assert!(told("{\\rtf1\\u55357?\\u55357?\\'9\\'zz\\bin99999999999 x").contains("x"));
    assert!(told("{\\rtf1\\bin2147483647 x").contains("without text"));
    let fonts: String = (0..100_000).map(|n| format!("{{\\f{n}\\fcharset204 A;}}")).collect();
    assert_eq!(told(format!("{{\\rtf1{{\\fonttbl{fonts}}}Text}}")), "Text");
    let grows = format!("{{\\rtf1 {}}}", "\\u8220".repeat(100_000));
    assert!(told(grows).starts_with("““"));
}
