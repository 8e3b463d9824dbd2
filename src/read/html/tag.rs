//! The elements of a page, and how each lies on it.

/// How an element lies on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Begins and ends a stretch of text.
    Block,
    /// Runs on within a line.
    Inline,
    /// Has no content and no end tag.
    Void,
    /// What stands in it is not read as text: scripts, forms' controls, drawings.
    Silent,
}

macro_rules! tags {
    ($($tag:ident $name:literal $flow:ident,)*) => {
        /// An element's name; those without a meaning here are `Other`, and lie in the line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub(in crate::read) enum Tag { $($tag,)* Other }

        impl Tag {
            pub(super) const NUMBER: usize = Tag::Other as usize + 1;

            pub(super) fn named(name: &[u8]) -> Tag {
                match name {
                    $(name if name == $name.as_bytes() => Tag::$tag,)*
                    _ => Tag::Other,
                }
            }

            pub(super) fn flow(self) -> Flow {
                match self {
                    $(Tag::$tag => Flow::$flow,)*
                    Tag::Other => Flow::Inline,
                }
            }
        }
    };
}

// The common ones first: they are asked in this order.
tags! {
    Div "div" Block,
    A "a" Inline,
    Span "span" Inline,
    Li "li" Block,
    P "p" Block,
    Img "img" Void,
    Script "script" Silent,
    Meta "meta" Void,
    Link "link" Void,
    Ul "ul" Block,
    I "i" Inline,
    Br "br" Void,
    H1 "h1" Block,
    H2 "h2" Block,
    H3 "h3" Block,
    H4 "h4" Block,
    H5 "h5" Block,
    H6 "h6" Block,
    Svg "svg" Silent,
    Button "button" Silent,
    Input "input" Void,
    Strong "strong" Inline,
    B "b" Inline,
    Em "em" Inline,
    Figure "figure" Block,
    Figcaption "figcaption" Block,
    Section "section" Block,
    Article "article" Block,
    Header "header" Block,
    Footer "footer" Block,
    Nav "nav" Block,
    Main "main" Block,
    Aside "aside" Block,
    Time "time" Inline,
    Noscript "noscript" Silent,
    Style "style" Silent,
    Label "label" Inline,
    Form "form" Block,
    Option "option" Silent,
    Select "select" Silent,
    Textarea "textarea" Silent,
    Iframe "iframe" Silent,
    Table "table" Block,
    Caption "caption" Block,
    Thead "thead" Block,
    Tbody "tbody" Block,
    Tfoot "tfoot" Block,
    Tr "tr" Block,
    Td "td" Block,
    Th "th" Block,
    Ol "ol" Block,
    Dl "dl" Block,
    Dt "dt" Block,
    Dd "dd" Block,
    Blockquote "blockquote" Block,
    Pre "pre" Block,
    Address "address" Block,
    Hr "hr" Void,
    Title "title" Silent,
    Html "html" Block,
    Head "head" Block,
    Body "body" Block,
    Base "base" Void,
    Area "area" Void,
    Col "col" Void,
    Embed "embed" Void,
    Source "source" Void,
    Track "track" Void,
    Wbr "wbr" Void,
    Template "template" Silent,
    Canvas "canvas" Silent,
    Video "video" Silent,
    Audio "audio" Silent,
    Object "object" Silent,
    Math "math" Silent,
    Details "details" Block,
    Summary "summary" Block,
    Fieldset "fieldset" Block,
    Legend "legend" Block,
    Dialog "dialog" Block,
    Menu "menu" Block,
    Center "center" Block,
    Hgroup "hgroup" Block,
    Sup "sup" Inline,
    Q "q" Inline,
    Cite "cite" Inline,
    Ins "ins" Inline,
    Del "del" Silent,
    S "s" Inline,
    Rt "rt" Silent,
    Rp "rp" Silent,
}

impl Tag {
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }

    /// Does the start of this element end a paragraph that stands open? (The standard's list, of what is known here.)
    pub(super) fn ends_paragraph(self) -> bool {
        self == Tag::Hr
            || self.flow() == Flow::Block
                && !matches!(
                    self,
                    Tag::Td
                        | Tag::Th
                        | Tag::Tr
                        | Tag::Tbody
                        | Tag::Thead
                        | Tag::Tfoot
                        | Tag::Caption
                )
    }
}
