package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.inspect.literal.AhoCorasick;
import lazaret.vetting.inspect.literal.IpLiteral;
import lazaret.vetting.inspect.literal.ProgramName;
import lazaret.vetting.inspect.literal.TextProfile;

/// The suspicious texts for which literals are searched. Immutable.
final class SuspiciousLiterals {
  /// The length of the longest literal that is compared as a whole.
  private static final int MAX_EXACT = 64;

  private static final int SHAPES = 1 << 12;

  /// The capabilities that are suspicious if their text is hidden.
  private static final Set<Capability> HIDDEN =
      EnumSet.of(
          Capability.DROP_HOST,
          Capability.CREDENTIAL_PATH,
          Capability.PERSISTENCE,
          Capability.SHELL,
          Capability.DOWNLOADER,
          Capability.IOC,
          Capability.IP_ADDRESS);

  private static final Map<Capability, String> PARTS =
      Map.ofEntries(
          Map.entry(Capability.URL, "http:// https:// ftp:// ws:// wss:// tcp:// socks5://"),
          Map.entry(
              Capability.DROP_HOST,
              "api.telegram.org t.me/ discord.com/api discordapp.com/api hooks.slack.com"
                  + " api/webhooks/ /sendmessage sendmessage? /senddocument chat_id="
                  + " pastebin.com paste.ee hastebin rentry.co dpaste. ghostbin paste.rs"
                  + " termbin.com ix.io 0x0.st transfer.sh file.io gofile.io anonfiles catbox.moe"
                  + " bashupload.com temp.sh webhook.site requestbin pipedream.net beeceptor.com"
                  + " requestcatcher.com ngrok.io ngrok.app ngrok-free trycloudflare.com loca.lt"
                  + " serveo.net localhost.run localtunnel.me bore.pub interact.sh oast.fun"
                  + " oast.pro oast.live oast.site oast.online oast.me burpcollaborator"
                  + " dnslog.cn ceye.io ipify.org ipinfo.io ifconfig.me icanhazip.com ip-api.com"
                  + " .workers.dev ingest.sentry.io .onion/ gist.githubusercontent.com"
                  + " stratum+tcp:// stratum+ssl:// stratum2+ mining.subscribe mining.authorize mining.submit"
                  + " xmrig --donate-level --cpu-priority minexmr nanopool.org supportxmr moneroocean"
                  + " hashvault.pro 2miners.com cryptonight"),
          Map.entry(
              Capability.CREDENTIAL_PATH,
              ".ssh/ .ssh\\ id_rsa id_ed25519 id_ecdsa .aws/ .aws\\ .netrc _netrc .npmrc .pypirc"
                  + " .git-credentials .docker/config .kube/config .cargo/credentials"
                  + " credentials.toml .config/gcloud .azure/ .gnupg /etc/passwd /etc/shadow"
                  + " wallet.dat solana/id.json .electrum .ethereum .bitcoin"
                  + " nkbihfbeogaeaoehlefnkodbefgpgknn keychain-db logins.json key4.db"
                  + " .bash_history .zsh_history /proc/self/environ /.env .vault-token"
                  + " .config/gh/hosts authorized_keys known_hosts .terraform.d"),
          Map.entry(
              Capability.PERSISTENCE,
              "authorized_keys .bashrc .zshrc .bash_profile crontab /etc/cron launchagents"
                  + " launchdaemons currentversion\\run systemd/user autostart/ /etc/rc.local"
                  + " programs\\startup schtasks ld.so.preload userinitmprlogonscript"
                  + " inprocserver32 appinit_dlls register-scheduledtask loginhook"),
          Map.entry(
              Capability.SECRET_NAME,
              "aws_secret_access_key aws_access_key_id aws_session_token github_token gitlab_token"
                  + " cargo_registry_token npm_token private_key secret_key seed_phrase mnemonic"
                  + " api_key ssh_auth_sock private%20key password= docker_auth access_token"),
          Map.entry(
              Capability.KEY_PATTERN,
              "a-f0-9]{64} 0-9a-f]{64} a-f]{64} a-fa-f]{64} xdigit:]]{64} \\h{64} 1-9a-hj-np-za-km-z"
                  + " a-hj-np-za-km-z1-9 ){63} ){31} ]{87,88} ]{43,44} ]{32,44}"),
          Map.entry(Capability.TEMP_DIR, "/tmp/ /dev/shm /var/tmp %temp% \\temp\\ appdata\\local"),
          Map.entry(Capability.SHELL, "/bin/sh /bin/bash cmd.exe powershell"),
          Map.entry(
              Capability.DOWNLOADER,
              "invoke-webrequest downloadstring downloadfile start-bitstransfer"),
          Map.entry(Capability.LINKS, "rustc-link- rustc-flags"));

  /// Texts with spaces.
  private static final Map<String, Capability> PHRASES =
      Map.ofEntries(
          Map.entry("curl ", Capability.DOWNLOADER),
          Map.entry("wget ", Capability.DOWNLOADER),
          Map.entry("certutil -urlcache", Capability.DOWNLOADER),
          Map.entry("| sh", Capability.SHELL),
          Map.entry("|sh", Capability.SHELL),
          Map.entry("| bash", Capability.SHELL),
          Map.entry("|bash", Capability.SHELL),
          Map.entry("sh -c ", Capability.SHELL),
          Map.entry("sh -i", Capability.SHELL),
          Map.entry("chmod +x", Capability.CHMOD),
          Map.entry("chmod 7", Capability.CHMOD),
          Map.entry("chmod a+x", Capability.CHMOD),
          Map.entry("git diff", Capability.GIT_CONTENT),
          Map.entry("git log", Capability.GIT_CONTENT),
          Map.entry("login data", Capability.CREDENTIAL_PATH),
          Map.entry("local extension settings", Capability.CREDENTIAL_PATH),
          Map.entry("private key-----", Capability.SECRET_NAME),
          Map.entry("seed phrase", Capability.SECRET_NAME));

  /// Literals that are significant as a whole, without a path before and `.exe` after.
  private static final Map<Capability, String> WHOLE =
      Map.of(
          Capability.SHELL,
          "sh bash zsh dash ksh fish csh ash busybox cmd cmd.exe powershell pwsh osascript wscript"
              + " cscript mshta rundll32 regsvr32",
          Capability.DOWNLOADER,
          "curl wget certutil bitsadmin iwr nc ncat netcat socat scp tftp aria2c axel",
          Capability.GIT,
          "git",
          Capability.GIT_CONTENT,
          "diff log show format-patch config remote ls-remote credential archive stash blame",
          Capability.CHMOD,
          "chmod",
          Capability.CREDENTIAL_PATH,
          ".ssh .aws .gnupg .kube .docker .env .env.local .env.production .netrc"
              + " .azure .solana .ethereum .electrum .mozilla",
          Capability.CI_NAME,
          "gitlab_ci github_actions jenkins_url jenkins_home circleci travis buildkite drone"
              + " teamcity_version tf_build bitbucket_build_number bitbucket_commit appveyor"
              + " codebuild_build_id bamboo_buildkey github_run_id ci_job_id github_repository",
          Capability.TEMP_DIR,
          "/tmp temp tmp tmpdir",
          Capability.HOME_DIR,
          "home userprofile homepath appdata localappdata");

  private static final Map<String, Set<Capability>> EXACT = exact();

  /// The first and last bytes of the texts of [#EXACT], in lower case, with their lengths.
  private static final boolean[] EXACT_SHAPES = shapes();

  private final List<String> texts = new ArrayList<>();
  private final List<Capability> gives = new ArrayList<>();
  private final AhoCorasick needles;
  private final int firstIoc;

  /// The texts that are also words of other sentences, and count only in the position of a command.
  private final boolean[] commands;

  /// Creates a search with the fixed texts and indicators.
  ///
  /// @param iocs the texts of a feed
  SuspiciousLiterals(List<String> iocs) {
    new EnumMap<>(PARTS)
        .forEach((what, all) -> List.of(all.split(" ", -1)).forEach(text -> add(text, what)));
    new TreeMap<>(PHRASES).forEach(this::add);
    firstIoc = texts.size();
    iocs.forEach(text -> add(text, Capability.IOC));
    needles = new AhoCorasick(texts);
    commands = new boolean[texts.size()];
    List.of("curl ", "wget ").forEach(command -> commands[texts.indexOf(command)] = true);
  }

  private void add(String text, Capability what) {
    texts.add(text);
    gives.add(what);
  }

  private static Map<String, Set<Capability>> exact() {
    Map<String, Set<Capability>> exact = new HashMap<>();
    new EnumMap<>(WHOLE)
        .forEach(
            (what, all) -> {
              for (String text : all.split(" ", -1)) {
                exact.merge(text, Set.of(what), SuspiciousLiterals::both);
              }
            });
    return exact;
  }

  private static Set<Capability> both(Set<Capability> a, Set<Capability> b) {
    Set<Capability> both = new TreeSet<>(a);
    both.addAll(b);
    return both;
  }

  /// A receiver of the clues in a text.
  @FunctionalInterface
  interface MatchConsumer {
    /// Receives one clue.
    ///
    /// @param text the text that was found; for an IP address, the address
    /// @param start the offset at which it begins in the bytes
    /// @param end the offset at which it ends
    void found(Capability what, String text, int start, int end);
  }

  /// Finds all clues in bytes.
  void within(byte[] bytes, MatchConsumer receiver) {
    within(bytes, TextProfile.at(bytes), receiver);
  }

  /// Finds all clues in bytes.
  ///
  /// @param look the kinds of the same bytes
  void within(byte[] bytes, TextProfile look, MatchConsumer receiver) {
    var _ =
        needles.search(
            bytes,
            0,
            bytes.length,
            AhoCorasick.START,
            (needle, start, end) -> {
              if (needle < firstIoc
                  ? !commands[needle] || ProgramName.at(bytes, start, end)
                  : AhoCorasick.standsAlone(bytes, start, end, 0, bytes.length)) {
                receiver.found(gives.get(needle), texts.get(needle), start, end);
              }
            });
    if (look.maybeAddress()) {
      IpLiteral.find(bytes)
          .ifPresent(
              found ->
                  receiver.found(Capability.IP_ADDRESS, found.text(), found.start(), found.end()));
    }
  }

  private static boolean nameByte(byte b) {
    return b == '-' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static boolean[] shapes() {
    boolean[] shapes = new boolean[SHAPES];
    for (String text : EXACT.keySet()) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      shapes[shape(bytes[0], bytes[bytes.length - 1], bytes.length)] = true;
    }
    return shapes;
  }

  private static int shape(byte first, byte last, int length) {
    return (31 * (31 * (first | 0x20) + (last | 0x20)) + length) & (SHAPES - 1);
  }

  /// Returns whether a text may be one of [#EXACT], with or without a path or `.exe`.
  private static boolean maybeExact(byte[] bytes) {
    byte first = bytes[0];
    byte last = bytes[bytes.length - 1];
    return first <= ' '
        || last <= ' '
        || first == '/'
        || ((last | 0x20) == 'e' && bytes.length > 4 && bytes[bytes.length - 4] == '.')
        || EXACT_SHAPES[shape(first, last, bytes.length)];
  }

  /// Returns the meanings of a literal as a whole, as a command or as the name of a variable.
  Set<Capability> whole(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_EXACT || !maybeExact(bytes)) {
      return Set.of();
    }
    String text = new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).strip();
    Set<Capability> found = EXACT.getOrDefault(text, Set.of());
    if (!found.isEmpty()) {
      return found;
    }
    int slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
    String name = text.substring(slash + 1);
    boolean path = slash >= 0 && (text.startsWith("/bin/") || text.startsWith("/usr/"));
    if (name.endsWith(".exe")) {
      name = name.substring(0, name.length() - ".exe".length());
      path = true;
    }
    return path ? EXACT.getOrDefault(name, Set.of()) : Set.of();
  }

  /// Returns the first text that is suspicious if it was hidden, or empty if there is none.
  Optional<String> telling(byte[] bytes) {
    List<String> found = new ArrayList<>(1);
    within(
        bytes,
        (what, text, start, end) -> {
          if (found.isEmpty() && tellsWhenHidden(what, bytes, end)) {
            found.add(new String(bytes, StandardCharsets.UTF_8));
          }
        });
    return found.stream().findFirst();
  }

  /// Returns whether hiding such a text is suspicious.
  static boolean tellsWhenHidden(Capability what, byte[] bytes, int end) {
    return HIDDEN.contains(what)
        || (what == Capability.URL
            && end + 3 < bytes.length
            && hostByte(bytes[end])
            && hostByte(bytes[end + 2]));
  }

  private static boolean hostByte(byte b) {
    return nameByte(b) || b == '.' || b == '[' || b == '{' || b == '@' || b == '_';
  }
}
