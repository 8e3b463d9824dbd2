//! What a noun for somebody tells of who it is.

use super::cast::Gender;

/// What a noun tells: "mother", "spokeswoman".
pub(super) fn kin_gender(form: &str) -> Gender {
    let lower = form.to_lowercase();
    let female = [
        "mother",
        "wife",
        "widow",
        "daughter",
        "sister",
        "aunt",
        "niece",
        "girl",
        "lady",
        "actress",
        "waitress",
        "nun",
        "queen",
        "landlady",
        "housewife",
        "headmistress",
        "fiancée",
        "midwife",
    ];
    let male = [
        "father",
        "husband",
        "widower",
        "son",
        "brother",
        "uncle",
        "nephew",
        "boy",
        "gentleman",
        "king",
        "landlord",
        "headmaster",
        "monk",
        "priest",
    ];
    if lower.ends_with("woman")
        || female
            .iter()
            .any(|f| lower == *f || (lower.len() > f.len() && f.len() > 5 && lower.ends_with(f)))
    {
        Gender::Female
    } else if lower.ends_with("man")
        || male
            .iter()
            .any(|m| lower == *m || (lower.len() > m.len() && m.len() > 5 && lower.ends_with(m)))
    {
        Gender::Male
    } else {
        Gender::Unknown
    }
}
