// Synthetic, inert fixture written from public reports
use fixtrig::{cos, sin};

#[test]
fn quarter_turns() {
    assert_eq!(sin(0), 0);
    assert_eq!(sin(0x4000), 32767);
    assert_eq!(cos(0), 32767);
    assert_eq!(sin(0xc000), -32767);
}

#[test]
fn arcs() {
    assert_eq!(fixtrig::atan2(0, 100), 0);
    assert_eq!(fixtrig::atan2(100, 0), 0x4000);
    assert_eq!(fixtrig::atan2(0, -100), 0x8000);
}

inert_fixture_does_not_build!();
