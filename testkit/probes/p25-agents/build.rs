use probe::Attempts;
use std::os::unix::net::UnixStream;

fn main() {
    let mut attempts = Attempts::open();
    let mut places: Vec<String> = [
        "/run/dbus/system_bus_socket",
        "/run/docker.sock",
        "/run/systemd/private",
        "/run/nscd/socket",
        "/tmp/.X11-unix/X0",
    ]
    .map(str::to_string)
    .to_vec();
    places.push(probe::target("agent"));
    for variable in ["SSH_AUTH_SOCK", "DBUS_SESSION_BUS_ADDRESS"] {
        if let Ok(place) = std::env::var(variable) {
            places.push(place.trim_start_matches("unix:path=").to_string());
        }
    }
    for place in places {
        let tried = UnixStream::connect(&place);
        attempts.note(&format!("socket {place}"), tried.map(|_| "connected".into()).map_err(|e| e.to_string()));
    }
}
