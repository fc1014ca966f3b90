//! Makes a world in which the probes can succeed, then runs a command in it: the control that shows that they would.
//!
//! Only for a throw-away namespace with a writable root of its own: it writes all over the place.

use std::ffi::c_long;
use std::io::Write;
use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram, UnixListener};
use std::path::Path;
use std::process::Command;
use std::thread;

extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
}

const OPEN: c_long = 2;
const SHMGET: c_long = 29;
const MQ_OPEN: c_long = 240;
const ADD_KEY: c_long = 248;
const SESSION: c_long = -3;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let project = std::env::current_dir().expect("a project");
    let targets = std::fs::read_to_string(project.join("targets.txt")).expect("targets.txt");
    let target = |key: &str| {
        let prefix = format!("{key}=");
        targets.lines().find_map(|line| line.strip_prefix(prefix.as_str())).expect(key).to_string()
    };
    files(&target("home"), &target("marker"), &project);
    sockets(&target("tcp"), &target("udp"), &target("abstract"), &target("agent"));
    in_project(&project.join("dev"));
    shared(&target("key"));
    // Left open and inherited, as a careless launcher would.
    let leaked = unsafe { syscall(OPEN, c"/".as_ptr(), 0o200000, 0) };
    assert!(leaked > 2, "cannot open /");
    let status = Command::new(&arguments[1]).args(&arguments[2..]).status().expect("the command runs");
    std::process::exit(status.code().unwrap_or(1));
}

fn put(path: &str, text: &str) {
    let path = Path::new(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).unwrap_or_else(|e| panic!("cannot write {}: {e}", path.display()));
}

fn files(home: &str, marker: &str, project: &Path) {
    let canary = "LAZARET-CANARY\n";
    for name in [
        ".ssh/id_ed25519",
        ".ssh/id_rsa",
        ".aws/credentials",
        ".netrc",
        ".gnupg/private-keys-v1.d/key",
        ".docker/config.json",
        ".kube/config",
        ".config/gh/hosts.yml",
        ".git-credentials",
        ".cargo/credentials",
    ] {
        put(&format!("{home}/{name}"), canary);
    }
    // cargo reads these itself.
    put(&format!("{home}/.cargo/credentials.toml"), "# LAZARET-CANARY\n");
    put(&format!("{home}/.cargo/config.toml"), "# LAZARET-CANARY\n");
    for path in ["/run/secrets/token", "/root/.secret", "/home/other/.secret", "/srv/data", "/mnt/data", "/project/x", "/home/b/x", marker] {
        put(path, canary);
    }
    for name in [".env", ".env.local", ".git/config"] {
        put(&project.join(name).to_string_lossy(), canary);
    }
    put(&project.join(".cargo/config.toml").to_string_lossy(), "# LAZARET-CANARY\n");
    put("/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
}

fn sockets(tcp: &str, udp: &str, name: &str, agent: &str) {
    for address in ["10.9.8.7/32", "169.254.169.254/32", "203.0.113.7/32"] {
        let added = Command::new("ip").args(["addr", "add", address, "dev", "lo"]).status().expect("ip runs");
        assert!(added.success(), "cannot add {address}");
    }
    for host in ["0.0.0.0", "[::1]"] {
        if let Ok(listener) = TcpListener::bind(format!("{host}:{tcp}")) {
            thread::spawn(move || listener.incoming().for_each(drop));
        }
        for port in [udp, "53"] {
            if let Ok(socket) = UdpSocket::bind(format!("{host}:{port}")) {
                thread::spawn(move || answer(&socket));
            }
        }
    }
    let address = SocketAddr::from_abstract_name(name).expect("a name");
    let listener = UnixListener::bind_addr(&address).expect("bound");
    thread::spawn(move || listener.incoming().for_each(drop));
    for place in [
        agent,
        "/run/dbus/system_bus_socket",
        "/run/docker.sock",
        "/run/systemd/private",
        "/run/nscd/socket",
        "/tmp/.X11-unix/X0",
    ] {
        let path = Path::new(place);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let _ = std::fs::remove_file(path);
        let listener = UnixListener::bind(path).expect(place);
        thread::spawn(move || listener.incoming().for_each(drop));
    }
}

/// What a developer's tools leave in a project.
fn in_project(folder: &Path) {
    std::fs::create_dir_all(folder).expect("made");
    let stream = UnixListener::bind(folder.join("stream.sock")).expect("bound");
    thread::spawn(move || stream.incoming().for_each(drop));
    let datagrams = UnixDatagram::bind(folder.join("datagram.sock")).expect("bound");
    thread::spawn(move || {
        let mut message = [0u8; 64];
        while datagrams.recv(&mut message).is_ok() {}
    });
    let pipe = folder.join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success(), "cannot make a FIFO");
    thread::spawn(move || loop {
        let _ = std::fs::read(&pipe);
    });
}

/// Sends back what came; to a question for an IPv4 address, 203.0.113.7.
fn answer(socket: &UdpSocket) {
    let mut packet = [0u8; 512];
    while let Ok((length, from)) = socket.recv_from(&mut packet) {
        let mut reply = packet[..length].to_vec();
        let is_question = length > 17 && packet[2] & 0x80 == 0 && packet[4..6] == [0, 1];
        if is_question {
            let end = 12 + packet[12..length].iter().position(|&b| b == 0).unwrap_or(0) + 5;
            reply.truncate(end);
            reply[2] |= 0x80;
            reply[3] = 0x80;
            reply[8..12].fill(0);
            if packet[end - 3] == 1 {
                reply[7] = 1;
                reply.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 203, 0, 113, 7]);
            }
        }
        let _ = socket.send_to(&reply, from);
    }
}

fn shared(key: &str) {
    let name = std::ffi::CString::new(key).expect("no NUL");
    let value = b"LAZARET-CANARY";
    let added = unsafe { syscall(ADD_KEY, c"user".as_ptr(), name.as_ptr(), value.as_ptr(), value.len(), SESSION) };
    assert!(added > 0, "cannot add a key");
    unsafe { syscall(SHMGET, 0x4c5a_5254 as c_long, 4096, 0o1666) };
    unsafe { syscall(MQ_OPEN, c"lazaret".as_ptr(), 0o102, 0o666, 0) };
    std::fs::write("/dev/shm/lazaret", "LAZARET-CANARY").expect("written");
    let _ = std::io::stdout().flush();
}
