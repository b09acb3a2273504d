//! The table of elements: all that a clip's markup can become, and how they nest.
//!
//! Source: the content model of the WHATWG HTML standard, as far as its parser acts on it.

macro_rules! tags {
    ($($tag:ident $name:literal)*) => {
        /// An element that may stand in the page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is the HTML element of that name")]
        pub enum Tag { $($tag,)* }

        impl Tag {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$tag,)*];

            /// The element's name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$tag => $name,)* }
            }

            /// The element of that name, in lower case.
            #[must_use]
            pub fn by_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$tag),)* _ => None }
            }
        }
    };
}

tags! {
    A "a" Abbr "abbr" Address "address" Article "article" Aside "aside" B "b" Bdi "bdi" Bdo "bdo"
    Blockquote "blockquote" Br "br" Caption "caption" Cite "cite" Code "code" Dd "dd" Del "del"
    Details "details" Dfn "dfn" Div "div" Dl "dl" Dt "dt" Em "em" Figcaption "figcaption"
    Figure "figure" Footer "footer" H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6" Header "header"
    Hr "hr" I "i" Img "img" Input "input" Ins "ins" Kbd "kbd" Li "li" Mark "mark" Ol "ol" P "p"
    Pre "pre" Q "q" Rp "rp" Rt "rt" Ruby "ruby" S "s" Samp "samp" Section "section" Small "small"
    Span "span" Strong "strong" Sub "sub" Summary "summary" Sup "sup" Table "table" Tbody "tbody"
    Td "td" Tfoot "tfoot" Th "th" Thead "thead" Time "time" Tr "tr" U "u" Ul "ul" Var "var" Wbr "wbr"
}

impl Tag {
    /// The heading of that level, from 1 to 6.
    #[must_use]
    pub fn heading(level: u8) -> Self {
        match level {
            0 | 1 => Self::H1,
            2 => Self::H2,
            3 => Self::H3,
            4 => Self::H4,
            5 => Self::H5,
            _ => Self::H6,
        }
    }

    /// Whether it never has content.
    #[must_use]
    pub fn is_void(self) -> bool {
        matches!(self, Self::Br | Self::Hr | Self::Img | Self::Input | Self::Wbr)
    }

    /// Whether it is a heading.
    #[must_use]
    pub fn is_heading(self) -> bool {
        matches!(self, Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6)
    }

    /// Whether it is a part of a table other than the table itself.
    #[must_use]
    pub fn is_table_part(self) -> bool {
        self.is_section() || self.is_cell() || matches!(self, Self::Tr | Self::Caption)
    }

    pub(super) fn is_section(self) -> bool {
        matches!(self, Self::Thead | Self::Tbody | Self::Tfoot)
    }

    pub(super) fn is_cell(self) -> bool {
        matches!(self, Self::Td | Self::Th)
    }

    /// Whether text in it would be moved out by a parser.
    pub(super) fn holds_only_rows(self) -> bool {
        self.is_section() || matches!(self, Self::Table | Self::Tr)
    }

    /// Whether it stands within a line of text.
    pub(super) fn is_in_line(self) -> bool {
        !self.closes_paragraph() && !self.is_table_part()
    }

    /// Whether its start ends an open paragraph.
    #[must_use]
    pub fn closes_paragraph(self) -> bool {
        self.is_heading()
            || matches!(
                self,
                Self::Address
                    | Self::Article
                    | Self::Aside
                    | Self::Blockquote
                    | Self::Dd
                    | Self::Details
                    | Self::Div
                    | Self::Dl
                    | Self::Dt
                    | Self::Figcaption
                    | Self::Figure
                    | Self::Footer
                    | Self::Header
                    | Self::Hr
                    | Self::Li
                    | Self::Ol
                    | Self::P
                    | Self::Pre
                    | Self::Section
                    | Self::Summary
                    | Self::Table
                    | Self::Ul
            )
    }

    /// Whether an open paragraph outside of it is left alone.
    pub(super) fn is_paragraph_scope(self) -> bool {
        self.is_cell() || matches!(self, Self::Caption | Self::Table)
    }

    /// Whether an open list item outside of it is left alone.
    pub(super) fn is_list_scope(self) -> bool {
        matches!(self, Self::Ul | Self::Ol | Self::Dl)
            || (self.closes_paragraph()
                && !matches!(self, Self::Address | Self::Div | Self::P | Self::Li | Self::Dd | Self::Dt))
            || self.is_paragraph_scope()
    }
}

/// Elements of raw HTML whose whole content goes with them: code, styles, forms' inner life,
/// foreign markup. All other unknown elements go alone, and their content stays.
#[must_use]
pub fn is_dropped_whole(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "title"
            | "noscript"
            | "textarea"
            | "svg"
            | "math"
            | "select"
            | "option"
            | "noembed"
            | "noframes"
            | "xmp"
            | "plaintext"
            | "object"
            | "applet"
            | "canvas"
            | "datalist"
            | "iframe"
    )
}
