//! Pictures beside clips: what a file is, and which one a reference means.

use clip_viewer::library::asset::{Asset, MAX_PIXELS, Media, MediaType, Place, asset_keys, choose, keys, sniff};
use clip_viewer::library::{ClipId, ContentId};
use proptest::prelude::*;

#[track_caller]
fn check(bytes: &[u8], name: &str, expected: Option<(MediaType, u32, u32)>) {
    let expected = expected.map(|(kind, width, height)| Media { kind, width, height });
    assert_eq!(sniff(bytes, name), expected);
}

fn png(width: u32, height: u32) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), b"\x08\x02"].concat()
}

/// A JPEG of one frame, with an Exif segment of that orientation, in either byte order.
fn jpeg(width: u16, height: u16, orientation: Option<(u16, bool)>) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
    if let Some((turn, big)) = orientation {
        let short = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let long = |n: u32| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let mut tiff = if big { b"MM".to_vec() } else { b"II".to_vec() };
        tiff.extend([short(42).as_slice(), &long(8), &short(2)].concat());
        tiff.extend([short(0x0100).as_slice(), &short(3), &long(1), &short(9), &short(0)].concat());
        tiff.extend([short(0x0112).as_slice(), &short(3), &long(1), &short(turn), &short(0)].concat());
        bytes.extend(b"\xff\xe1");
        bytes.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
        bytes.extend(b"Exif\0\0");
        bytes.extend(tiff);
    }
    // A Huffman table has a marker of the same row and is none of the frame.
    bytes.extend(b"\xff\xc4\0\x04\x01\x02\xff\xff\xc2\0\x11\x08");
    bytes.extend([height.to_be_bytes(), width.to_be_bytes()].concat());
    bytes
}

fn webp(chunk: &[u8]) -> Vec<u8> {
    [b"RIFF\x40\0\0\0WEBP".as_slice(), chunk].concat()
}

fn avif(boxes: &[u8]) -> Vec<u8> {
    [b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif".as_slice(), boxes].concat()
}

#[test]
fn sizes_are_read_from_headers() {
    check(&png(640, 480), "a", Some((MediaType::Png, 640, 480)));
    check(b"GIF89a\x0a\0\x14\0\0\0\0", "a", Some((MediaType::Gif, 10, 20)));
    check(&jpeg(300, 200, None), "a", Some((MediaType::Jpeg, 300, 200)));
    check(&webp(b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x2c\x41\xc8\0"), "a", Some((MediaType::Webp, 300, 200)));
    let lossless = (300_u32 - 1) | (200 - 1) << 14;
    let lossless = [b"VP8L\0\0\0\0\x2f".as_slice(), &lossless.to_le_bytes()].concat();
    check(&webp(&lossless), "a", Some((MediaType::Webp, 300, 200)));
    check(&webp(b"VP8X\x0a\0\0\0\0\0\0\0\x2b\x01\0\xc7\0\0"), "a", Some((MediaType::Webp, 300, 200)));
    let bmp = [b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".as_slice(), &7_i32.to_le_bytes(), &(-9_i32).to_le_bytes()];
    check(&bmp.concat(), "a", Some((MediaType::Bmp, 7, 9)));
    let ico =
        b"\0\0\x01\0\x02\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0\x26\0\0\0\0\0\0\0\x01\0\x20\0\x68\x04\0\0\x8e\x04\0\0";
    check(ico, "favicon.ico", Some((MediaType::Ico, 256, 256)));
}

#[test]
fn an_avif_has_the_largest_of_its_sizes() {
    let thumbnail = b"\0\0\0\x14ispe\0\0\0\0\0\0\0\x10\0\0\0\x0c";
    let whole = b"\0\0\0\x14ispe\0\0\0\0\0\0\x01\x2c\0\0\0\xc8";
    let turned = b"\0\0\0\x09irot\x01";
    let both = [thumbnail.as_slice(), whole].concat();
    check(&avif(&both), "a", Some((MediaType::Avif, 300, 200)));
    check(&avif(&[&both, turned.as_slice()].concat()), "a", Some((MediaType::Avif, 200, 300)));
    check(&avif(b""), "a", Some((MediaType::Avif, 0, 0)));
    // A picture of an iPhone is of the same family, and no browser but one draws it.
    check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.heic", None);
}

#[test]
fn a_photograph_on_its_side_is_turned() {
    for big in [false, true] {
        check(&jpeg(300, 200, Some((1, big))), "a", Some((MediaType::Jpeg, 300, 200)));
        check(&jpeg(300, 200, Some((6, big))), "a", Some((MediaType::Jpeg, 200, 300)));
        check(&jpeg(300, 200, Some((3, big))), "a", Some((MediaType::Jpeg, 300, 200)));
    }
}

#[test]
fn a_header_that_is_cut_off_leaves_the_size_open() {
    check(&png(640, 480)[..20], "a.png", Some((MediaType::Png, 0, 0)));
    check(b"\xff\xd8\xff", "a.jpg", Some((MediaType::Jpeg, 0, 0)));
    check(&webp(b""), "a", Some((MediaType::Webp, 0, 0)));
    check(&png(0, 5), "a", Some((MediaType::Png, 0, 0)));
}

#[test]
fn a_drawing_is_known_by_its_root() {
    let svg = |text: &str| sniff(text.as_bytes(), "a").map(|m| (m.kind, m.width, m.height));
    let sized = Some((MediaType::Svg, 120, 80));
    assert_eq!(svg("<svg width='120' height=\"80\">"), sized);
    assert_eq!(svg("<?xml version=\"1.0\"?>\n<!-- a > b -->\n<!DOCTYPE svg>\n<svg viewBox='0 0 120 80'/>"), sized);
    assert_eq!(svg("\u{feff}<svg stroke-width=\"3\" width=\"90pt\" height=\"60pt\">"), sized);
    assert_eq!(svg("<svg width=\"100%\" height='100%' viewBox=\"-5,-5,120.2,79.6\">"), sized);
    assert_eq!(svg("<!DOCTYPE svg [ <!ENTITY a \"<b>\"> ]><svg:svg width='120px' height='80px'>"), sized);
    assert_eq!(svg("<svg>"), Some((MediaType::Svg, 0, 0)));
    assert_eq!(svg("<svgs>"), None);
    assert_eq!(svg("<html><svg width='1' height='1'></html>"), None);
    check(b"<html><svg width='9' height='9'>", "a.SVG", Some((MediaType::Svg, 9, 9)));
    check(b"nothing of that kind", "a.svg", None);
}

#[test]
fn what_is_no_picture_is_none() {
    for bytes in
        [b"".as_slice(), b"# A clip", b"BM and so on, says the text", b"%PDF-1.7", b"PK\x03\x04", b"\0\0\x01\0"]
    {
        check(bytes, "picture.png", None);
    }
}

#[test]
fn a_picture_of_a_hundred_million_pixels_is_not_shown() {
    let of = |width, height| sniff(&png(width, height), "a").unwrap().is_too_large_to_show();
    assert!(!of(10_000, 10_000));
    assert!(of(10_000, 10_001));
    assert!(of(u32::MAX, u32::MAX));
    assert_eq!(MAX_PIXELS, 100_000_000);
    assert_eq!(MediaType::Svg.mime(), "image/svg+xml");
}

proptest! {
    #[test]
    fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(sniff(&bytes, "a.svg").is_none_or(|m| (m.width == 0) == (m.height == 0)));
    }

    #[test]
    fn no_bytes_after_a_mark_make_it_fail(
        mark in proptest::sample::select(vec![
            b"\x89PNG\r\n\x1a\n".to_vec(), b"\xff\xd8\xff\xe1\0\x20Exif\0\0MM\0\x2a".to_vec(), b"\xff\xd8\xff".to_vec(),
            b"GIF89a".to_vec(), webp(b"VP8X"), webp(b"VP8L\0\0\0\0\x2f"), avif(b"\0\0\0\x14ispe"), b"BM".to_vec(),
            b"\0\0\x01\0\x03\0".to_vec(), b"<svg ".to_vec(), b"<!DOCTYPE [".to_vec(), b"<svg width=".to_vec(),
        ]),
        bytes in proptest::collection::vec(any::<u8>(), 0..120),
    ) {
        prop_assert!(sniff(&[mark, bytes].concat(), "a.svg").is_none_or(|m| (m.width == 0) == (m.height == 0)));
    }
}

fn asset(path: &str, import: u64) -> Asset {
    Asset {
        id: ContentId::of(format!("{path} {import}").as_bytes()),
        path: path.to_owned(),
        import,
        near: None,
        media: Media { kind: MediaType::Png, width: 1, height: 1 },
        size_bytes: 1,
    }
}

fn clip() -> ClipId {
    ClipId::of(b"the clip")
}

/// What a clip of import 5 in `notes` means by a reference; every asset that it may mean lies in one
/// of the reference's drawers, too.
#[track_caller]
fn check_choice(reference: &str, assets: &[Asset], expected: Option<&str>) {
    let id = clip();
    let place = Place { id: &id, folder: "notes", import: 5 };
    let name = |asset: Option<&Asset>| asset.map(|a| format!("{}@{}", a.path, a.import));
    assert_eq!(name(choose(reference, &place, assets)).as_deref(), expected, "of {reference}");
    let drawers = keys(reference);
    let in_drawers: Vec<Asset> =
        assets.iter().rev().filter(|a| asset_keys(&a.path).iter().any(|k| drawers.contains(k))).cloned().collect();
    assert_eq!(name(choose(reference, &place, &in_drawers)).as_deref(), expected, "by the drawers of {reference}");
}

#[test]
fn a_path_is_found_from_the_clips_folder() {
    let assets = [asset("notes/assets/a.png", 5), asset("assets/a.png", 5), asset("notes/assets/a.png", 9)];
    for reference in [
        "assets/a.png",
        "./assets/a.png",
        "assets\\a.png",
        ".\\assets\\a.png",
        "assets/a.png?x=1#y",
        "assets//a.png",
        "../notes/assets/a.png",
        "<assets/a.png>",
        "/notes/assets/a.png",
    ] {
        check_choice(reference, &assets, Some("notes/assets/a.png@5"));
    }
    check_choice("../assets/a.png", &assets, Some("assets/a.png@5"));
    check_choice("assets/a.png", &assets[1..], Some("notes/assets/a.png@9"));
}

#[test]
fn addresses_of_the_web_mean_no_asset() {
    let assets = [asset("notes/a.png", 5), asset("a.png", 5)];
    for reference in ["https://example.org/a.png", "//example.org/a.png", "data:image/png;base64,AA", "blob:x/a.png"] {
        assert_eq!(keys(reference), Vec::<String>::new(), "of {reference}");
        check_choice(reference, &assets, None);
    }
    for reference in ["", ".", "../", "/", "#a", "![[]]"] {
        check_choice(reference, &assets, None);
    }
}

#[test]
fn a_path_that_leaves_the_root_matches_by_no_path() {
    check_choice("../../a.png", &[asset("a.png", 9)], None);
    check_choice("%2e%2e/%2e%2e/a.png", &[asset("a.png", 9)], None);
    // What is left of it may still be told from others.
    check_choice("../../shots/a.png", &[asset("x/shots/a.png", 5)], Some("x/shots/a.png@5"));
}

#[test]
fn percent_signs_are_read_once() {
    check_choice("my%20assets/%E4%B8%AD.png", &[asset("notes/my assets/中.png", 5)], Some("notes/my assets/中.png@5"));
    let both = [asset("notes/a%20b.png", 5), asset("notes/a b.png", 5)];
    check_choice("a%20b.png", &both, Some("notes/a%20b.png@5"));
    check_choice("a%2520b.png", &both, Some("notes/a%20b.png@5"));
    // The name on disk is written with percent signs, the reference is not.
    check_choice("中.png", &[asset("notes/%E4%B8%AD.png", 5)], Some("notes/%E4%B8%AD.png@5"));
    check_choice("100%.png", &[asset("notes/100%.png", 5)], Some("notes/100%.png@5"));
    check_choice("a%23b.png", &[asset("notes/a#b.png", 5)], Some("notes/a#b.png@5"));
    check_choice("a#b.png", &[asset("notes/a#b.png", 5)], Some("notes/a#b.png@5"));
}

#[test]
fn case_and_the_form_of_accents_do_not_count() {
    let pairs = [
        ("Assets/Photo.PNG", "notes/assets/photo.png"),
        ("café.png", "notes/cafe\u{301}.png"),
        ("cafe\u{301}.png", "notes/café.png"),
        ("ガイド.png", "notes/カ\u{3099}イト\u{3099}.png"),
        ("ぱ.png", "notes/は\u{309a}.png"),
        ("한글.png", "notes/\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}.png"),
        ("Việt.png", "notes/Vie\u{323}\u{302}t.png"),
        ("й.png", "notes/и\u{306}.png"),
    ];
    for (reference, path) in pairs {
        check_choice(reference, &[asset(path, 5)], Some(&format!("{path}@5")));
    }
    // The exact name comes first.
    let both = [asset("notes/A.png", 5), asset("notes/a.png", 5)];
    check_choice("a.png", &both, Some("notes/a.png@5"));
    check_choice("A.png", &both, Some("notes/A.png@5"));
}

#[test]
fn the_longest_common_end_of_two_parts_counts() {
    let assets = [asset("vault/y/img/photo-of-the-harbour.png", 5), asset("vault/x/img/photo-of-the-harbour.png", 2)];
    check_choice("x/img/photo-of-the-harbour.png", &assets, Some("vault/x/img/photo-of-the-harbour.png@2"));
    check_choice("img/photo-of-the-harbour.png", &assets, Some("vault/y/img/photo-of-the-harbour.png@5"));
    check_choice("assets/1.png", &[asset("parent/assets/1.png", 7)], Some("parent/assets/1.png@7"));
    // Pictures of two clips, neither of them this one's.
    check_choice("assets/1.png", &[asset("p/assets/1.png", 7), asset("q/assets/1.png", 8)], None);
}

#[test]
fn a_bare_name_is_found_in_its_own_import() {
    let assets = [asset("attachments/picture.png", 5), asset("elsewhere/picture.png", 9)];
    for reference in
        ["picture.png", "![[picture.png]]", "![[picture.png|300]]", "[[picture.png]]", "![[x/picture.png]]"]
    {
        check_choice(reference, &assets, Some("attachments/picture.png@5"));
    }
    check_choice("picture.png", &[asset("a/picture.png", 5), asset("b/picture.png", 5)], None);
}

#[test]
fn what_was_dropped_onto_the_clip_counts_before_a_hash() {
    let mut dropped = asset("640.png", 8);
    dropped.near = Some(clip());
    let mut of_another = asset("640.png", 9);
    of_another.near = Some(ClipId::of(b"another"));
    check_choice("pictures/640.png", &[dropped.clone(), of_another.clone()], Some("640.png@8"));
    check_choice("pictures/640.png", &[of_another], None);
}

#[test]
fn names_that_every_folder_has_are_found_nowhere_else() {
    for name in ["image.png", "1.jpg", "640.png", "cover.webp", "IMG_1234.jpg", "图片.png"] {
        check_choice(name, &[asset(name, 2)], None);
    }
    for name in
        ["Pasted image 20240102030405.png", "a-long-and-telling-name.png", "图 20240102.png", "城市的夜晚与灯光.png"]
    {
        check_choice(name, &[asset(name, 2)], Some(&format!("{name}@2")));
        check_choice(name, &[asset(name, 2), asset(&format!("x/{name}"), 3)], None);
        let mut same = asset(&format!("x/{name}"), 3);
        same.id = asset(name, 2).id;
        check_choice(name, &[asset(name, 2), same], Some(&format!("x/{name}@3")));
    }
}

#[test]
fn the_clippers_own_ways_work() {
    let md5 = "0123456789abcdef0123456789abcdef";
    // Local Images Plus writes the title of the note with percent signs.
    let plus = format!("assets/%E6%96%87%20%E7%AB%A0/{md5}_MD5.webp");
    check_choice(
        &plus,
        &[asset(&format!("notes/assets/文 章/{md5}_MD5.webp"), 5)],
        Some(&format!("notes/assets/文 章/{md5}_MD5.webp@5")),
    );
    check_choice(&plus, &[asset(&format!("{md5}_MD5.webp"), 9)], Some(&format!("{md5}_MD5.webp@9")));
    check_choice(
        &plus,
        &[asset(&format!("saved/{}.png", md5.to_uppercase()), 9)],
        Some(&format!("saved/{}.png@9", md5.to_uppercase())),
    );
    // MaoXian writes when it saved before the hash.
    let maoxian = format!("assets/1700000000-{md5}.png");
    check_choice(&maoxian, &[asset(&format!("x/1700000009-{md5}.png"), 2)], Some(&format!("x/1700000009-{md5}.png@2")));
    assert!(keys(&maoxian).contains(&md5.to_owned()));
    check_choice(&format!("assets/{md5}0.png"), &[asset(&format!("x/{md5}.png"), 2)], None);
    check_choice(
        "C:\\Users\\me\\notes\\assets\\a.png",
        &[asset("notes/assets/a.png", 5)],
        Some("notes/assets/a.png@5"),
    );
    check_choice("file:///home/me/notes/assets/a.png", &[asset("notes/assets/a.png", 5)], Some("notes/assets/a.png@5"));
}

#[test]
fn an_asset_reads_back() {
    let mut kept = asset("a/b.png", 3);
    kept.near = Some(clip());
    let json = serde_json::to_string(&kept).unwrap();
    assert!(json.contains("\"kind\":\"png\""), "{json}");
    assert_eq!(serde_json::from_str::<Asset>(&json).unwrap(), kept);
}

proptest! {
    #[test]
    fn no_reference_makes_it_fail_and_the_order_does_not_count(
        reference in "[a-cA-C./\\\\%?#0-9 \\[\\]!|:é]{0,16}",
        paths in proptest::collection::vec(("[a-c/.]{1,8}", 3_u64..7), 0..6),
    ) {
        let id = clip();
        let place = Place { id: &id, folder: "a/b", import: 5 };
        let mut assets: Vec<Asset> = paths.iter().map(|(path, import)| asset(path, *import)).collect();
        let found = choose(&reference, &place, &assets).cloned();
        assets.reverse();
        prop_assert_eq!(choose(&reference, &place, &assets).cloned(), found);
        prop_assert!(keys(&reference).iter().all(|key| !key.is_empty()));
    }
}
