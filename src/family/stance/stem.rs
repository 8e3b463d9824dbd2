//! Stems: the forms of a word share what is learned of it.

/// A crude stem: endings of number, tense and manner taken off. Lower case, ASCII words only.
pub(crate) fn stem<'b>(form: &str, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    if form.is_ascii() {
        buffer.push_str(form);
        buffer.make_ascii_lowercase();
    } else {
        buffer.extend(form.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
    if !buffer.bytes().all(|b| b.is_ascii_alphabetic()) {
        return buffer;
    }
    for ending in ["ing", "ied", "ies", "ed", "ly", "es", "s"] {
        if buffer.ends_with(ending) && buffer.len() - ending.len() >= 3 {
            buffer.truncate(buffer.len() - ending.len());
            if matches!(ending, "ied" | "ies") {
                buffer.push('y');
            }
            break;
        }
    }
    if buffer.len() > 4 && buffer.ends_with('e') {
        buffer.pop();
    }
    let bytes = buffer.as_bytes();
    if buffer.len() > 4 && bytes[buffer.len() - 1] == bytes[buffer.len() - 2] {
        buffer.pop();
    }
    buffer
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn stems_join_forms() {
        let mut buffer = String::new();
        for (form, expected) in
            [("Blamed", "blam"), ("blames", "blam"), ("blame", "blam"), ("allies", "ally"), ("slammed", "slam"), ("was", "was"), ("été", "été")]
        {
            assert_eq!(stem(form, &mut buffer), expected);
        }
    }
}
