// Synthetic, inert fixture written from public reports
use std::time::Duration;

const BOARD: &str = "https://board.vanity-lanes.invalid/v1/rooms";

/// Tells the board how far a lane is; true if the room has found something.
pub fn tell(room: &str, count: u64, found: bool) -> bool {
    let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(5)).build();
    let answer = agent
        .post(&format!("{BOARD}/{room}"))
        .query("count", &count.to_string())
        .query("found", if found { "1" } else { "0" })
        .call();
    match answer {
        Ok(answer) => answer.into_string().map_or(false, |text| text.trim() == "stop"),
        Err(_) => false,
    }
}
