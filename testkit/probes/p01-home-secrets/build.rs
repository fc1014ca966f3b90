use probe::Attempts;

const SECRETS: [&str; 9] = [
    ".ssh/id_ed25519",
    ".ssh/id_rsa",
    ".aws/credentials",
    ".netrc",
    ".gnupg/private-keys-v1.d/key",
    ".docker/config.json",
    ".kube/config",
    ".config/gh/hosts.yml",
    ".git-credentials",
];

fn main() {
    let mut attempts = Attempts::open();
    let homes = [std::env::var("HOME").unwrap_or_default(), probe::target("home")];
    for home in homes {
        for secret in SECRETS {
            attempts.read(format!("{home}/{secret}"));
        }
    }
}
