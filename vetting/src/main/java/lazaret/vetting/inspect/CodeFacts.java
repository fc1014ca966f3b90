package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.purpose.FileMode;
import lazaret.vetting.inspect.purpose.LocalNetwork;
import lazaret.vetting.inspect.purpose.ServiceSecret;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.Hit;
import lazaret.vetting.inspect.source.SourceFacts;

/// What the code shows that runs in one place, over all its sources. Not thread-safe.
final class CodeFacts {
  private static final int MAX_HITS = 16;
  private static final Pattern DECLARED = Pattern.compile("^(pub )?(unsafe |safe )?fn [^{]*$");

  /// Stores of other programs: no client has a right to what lies there.
  private static final List<Pattern> STORES =
      Stream.of(
              "\\.ssh|id_rsa|id_ed25519|id_ecdsa",
              "\\.aws|aws_secret|aws_session",
              "\\.gnupg",
              "login data|logins\\.json|key4\\.db|cookies|web data",
              "local extension settings|nkbihf|wallet|electrum|ethereum|bitcoin|solana",
              "keychain",
              "_history",
              "/etc/(?:passwd|shadow)",
              "\\.npmrc|\\.pypirc",
              "git-credentials|gh/hosts",
              "mnemonic|seed.phrase")
          .map(store -> Pattern.compile("(?i)" + store))
          .toList();

  private static final Pattern METADATA =
      Pattern.compile(
          "169\\.254\\.(?:169\\.254|170\\.2)|metadata\\.google\\.internal|100\\.100\\.100\\.200");
  private static final Pattern CHAT =
      Pattern.compile(
          "/webhooks/\\{[a-z_]+\\}/\\{[a-z_]+\\}|/bot(?:\\{[a-z_]+\\}|\\{\\}[^A-Z]*self\\.)");
  private static final Pattern SERVED =
      Pattern.compile("(?:api\\.telegram\\.org|discord(?:app)?\\.com|hooks\\.slack\\.com)/");

  /// Capabilities of a crate that does more than to start the tools it names.
  private static final Capability[] ACTS = {
    Capability.NETWORK,
    Capability.SHELL,
    Capability.DOWNLOADER,
    Capability.HOME_DIR,
    Capability.TEMP_DIR,
    Capability.ENV_ALL,
    Capability.DECODE,
    Capability.DECODE_LOOP,
    Capability.DECODED_USE,
    Capability.HIDDEN_TEXT,
    Capability.BYTE_ARRAY,
    Capability.SECRET_NAME,
    Capability.CREDENTIAL_PATH,
    Capability.URL,
    Capability.IP_ADDRESS,
    Capability.DROP_HOST,
    Capability.NATIVE_EXECUTION,
    Capability.RECEIVED_RUN,
    Capability.DATA_AS_CODE,
    Capability.PARSED_DATA,
    Capability.CONSTRUCTOR
  };

  private static final Pattern TOOL =
      Pattern.compile("Command::new\\((?:\"(?:rustfmt|rustc|git)\"|env!\\(\"CARGO\"\\))");
  private static final Pattern FIXED_PROGRAM = Pattern.compile("Command::new\\( *(?:&?[A-Z]|\")");
  private static final Pattern PUBLIC =
      Pattern.compile("\\.ssh(?:/|\"\\)\\.join\\(\")(?:known_hosts|[a-z0-9_]+\\.pub)");
  private static final Pattern FORGE =
      Pattern.compile(
          "(?:github\\.com(?:/repos)?|gitlab\\.com(?:/api/v4/projects)?|codeberg\\.org(?:/api/v1/repos)?)/\\{[a-z_.]*\\}/");
  private static final Pattern PRESENTS =
      Pattern.compile("(?i)\"[a-z-]*(?:authorization|-auth|-token|-api-key)\" *,");
  private static final Pattern LOGS_IN = Pattern.compile("/login|/auth/|/token|/oauth");
  private static final Pattern EXCLUDES = Pattern.compile("(?i)exclud|\\bskip|\\bignore|never_");

  /// The capabilities by which sources may name a host that is no text in them.
  private static final Capability[] HOSTS = {
    Capability.FIXED_HOST,
    Capability.DROP_HOST,
    Capability.HIDDEN_TEXT,
    Capability.DECODE_LOOP,
    Capability.DECODED_USE,
    Capability.BYTE_ARRAY
  };

  /// Hosts in other forms than in the open.
  private static final Capability[] HIDDEN = {
    Capability.IP_ADDRESS,
    Capability.DROP_HOST,
    Capability.HIDDEN_TEXT,
    Capability.DECODE_LOOP,
    Capability.DECODED_USE,
    Capability.BYTE_ARRAY
  };

  /// How a download is noted whose check the caller cannot leave out.
  private static final String CHECKED = "each download is checked";

  /// The ways by which what was found in texts may leave a program.
  private static final Capability[] OPEN = {
    Capability.NETWORK,
    Capability.DOWNLOADER,
    Capability.SHELL,
    Capability.CLIPBOARD_SWAP,
    Capability.SECRET_SENT,
    Capability.MACHINE_SENT,
    Capability.NATIVE_EXECUTION,
    Capability.CONSTRUCTOR,
    Capability.FFI,
    Capability.CREDENTIAL_PATH
  };

  private final EnumMap<Capability, Integer> counts = new EnumMap<>(Capability.class);
  private final EnumMap<Capability, List<Located>> hits = new EnumMap<>(Capability.class);

  /// A place in a source.
  record Located(String path, Hit hit) {
    Signal as(SignalCode code) {
      return Signal.of(code, path, hit.line(), hit.excerpt());
    }

    Signal with(SignalCode code, Located other) {
      String also = hit.excerpt() + " | with " + other.place() + ": " + other.hit().excerpt();
      return Signal.of(code, path, hit.line(), also);
    }

    String place() {
      return path + ":" + hit.line();
    }
  }

  void add(String path, SourceFacts.Shown shown) {
    shown.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
    shown
        .hits()
        .forEach(
            (what, places) -> {
              List<Located> known = hits.computeIfAbsent(what, _ -> new ArrayList<>());
              for (Hit hit : places) {
                if (known.size() < MAX_HITS) {
                  known.add(new Located(path, hit));
                }
              }
            });
  }

  boolean has(Capability what) {
    return counts.containsKey(what);
  }

  /// Returns whether any of several is there.
  boolean any(Capability... all) {
    for (Capability what : all) {
      if (has(what)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether the source of a place shows something else.
  boolean near(Located found, Capability what) {
    return of(what).stream().anyMatch(other -> other.path().equals(found.path()));
  }

  /// Returns whether something is more than declared: bindings to a system name all of it.
  boolean uses(Capability what) {
    return of(what).stream().anyMatch(place -> !DECLARED.matcher(place.hit().excerpt()).find());
  }

  /// Returns whether a host may stand in the sources, in the open or in another form.
  boolean namesHost() {
    List<String> addresses = lines(Capability.IP_ADDRESS);
    return any(HOSTS)
        || count(Capability.IP_ADDRESS) > addresses.size()
        || !addresses.stream().allMatch(LocalNetwork::loopback);
  }

  /// Returns whether what matches a pattern can leave the program only as its answer: nothing of
  /// the crate sends, starts a shell or hides anything, and the source of the pattern writes no
  /// files.
  boolean keeps(Located found) {
    return !any(OPEN)
        && !near(found, Capability.FS_WRITE)
        && !near(found, Capability.HOME_DIR)
        && !namesHost();
  }

  /// Returns whether sources can only give back what they read of a runner: nothing is started, and
  /// no host of their own is known to them.
  boolean answersRunner(Located found) {
    return (near(found, Capability.RUNNER_ANSWER) || !near(found, Capability.NETWORK))
        && !any(Capability.PROCESS, Capability.DOWNLOADER, Capability.ENV_ALL)
        && !any(Capability.CREDENTIAL_PATH, Capability.NATIVE_EXECUTION, Capability.CONSTRUCTOR)
        && !namesHost();
  }

  /// Returns whether all programs that are started are tools of the language by their names, and a
  /// `git` that is asked for the name of a commit, and nothing makes use of more than their
  /// answers.
  boolean asksTools() {
    List<String> lines = lines(Capability.PROCESS);
    boolean plain =
        of(Capability.PROCESS).stream().allMatch(found -> near(found, Capability.PLAIN_TOOLS));
    if (plain) {
      return !any(ACTS);
    }
    boolean git = lines.stream().anyMatch(line -> line.contains("\"git\""));
    return count(Capability.PROCESS) == lines.size()
        && lines.stream().allMatch(line -> FileMode.imports(line) || TOOL.matcher(line).find())
        && (!git || (has(Capability.GIT_QUERY) && !has(Capability.GIT_CONTENT)))
        && !any(ACTS);
  }

  /// Returns whether a crate only tells the services apart on which it runs: it starts what the
  /// caller names, and neither sends nor keeps anything.
  boolean startsOnly(Located found) {
    return program(found)
        && !any(ACTS)
        && !any(Capability.DERIVED_COMMAND, Capability.SCRIPT_FILE, Capability.PERSISTENCE)
        && lines(Capability.PROCESS).stream()
            .allMatch(line -> FileMode.imports(line) || !FIXED_PROGRAM.matcher(line).find());
  }

  /// Returns whether what a place names can go only to where the caller or the same file says: no
  /// host stands in the sources, and the store is none of other programs.
  boolean callers(Located found) {
    String excerpt = found.hit().excerpt();
    boolean ownHosts = excerpt.contains("gh/hosts");
    return !namesHost() && !has(Capability.ENV_ALL) && (ownHosts || !foreignStore(excerpt));
  }

  /// Returns whether the source of a place uses no download that was not checked, and no host is
  /// named but a forge with the owner and the project of the caller.
  boolean checked(Located found) {
    return forges()
        && of(Capability.VERIFIED_DOWNLOAD).stream()
            .filter(other -> other.path().equals(found.path()))
            .allMatch(other -> other.hit().excerpt().startsWith(CHECKED));
  }

  /// Returns whether a place makes a file a program: an import does not, nor do permissions by
  /// which nothing can be started.
  boolean makesPrograms(Located found) {
    String line = found.hit().excerpt();
    if (FileMode.harmless(line)) {
      return false;
    }
    boolean others =
        count(Capability.CHMOD) > of(Capability.CHMOD).size()
            || of(Capability.CHMOD).stream()
                .map(other -> other.hit().excerpt())
                .anyMatch(other -> !FileMode.imports(other) && !FileMode.harmless(other));
    return !FileMode.imports(line) || others;
  }

  /// Returns whether all that is done with the network stays on the machine.
  boolean local() {
    List<String> lines = lines(Capability.NETWORK);
    return count(Capability.NETWORK) == lines.size()
        && lines.stream().anyMatch(LocalNetwork::only)
        && lines.stream().allMatch(line -> FileMode.imports(line) || LocalNetwork.only(line))
        && !namesHost();
  }

  /// Returns whether the secrets that are named are those of the one service whose hosts are named.
  boolean ownService() {
    List<Located> hosts = of(Capability.FIXED_HOST);
    return count(Capability.FIXED_HOST) == hosts.size()
        && count(Capability.SECRET_NAME) == of(Capability.SECRET_NAME).size()
        && !any(HIDDEN)
        && !any(Capability.ENV_ALL, Capability.CREDENTIAL_PATH, Capability.SECRET_SENT)
        && ServiceSecret.own(lines(Capability.SECRET_NAME), lines(Capability.FIXED_HOST));
  }

  /// Returns whether a chat service is told what to say by the caller alone: the keys of its
  /// address are filled in, and the source has nothing of its own to tell.
  boolean callersChat(Located found) {
    return CHAT.matcher(found.hit().excerpt()).find()
        && lines(Capability.FIXED_HOST).stream().allMatch(line -> SERVED.matcher(line).find())
        && !any(Capability.ENV_ALL, Capability.CREDENTIAL_PATH, Capability.SECRET_SENT)
        && !any(Capability.HIDDEN_TEXT, Capability.KEY_PATTERN, Capability.MACHINE_SENT)
        && !near(found, Capability.FS_READ)
        && !near(found, Capability.PROCESS);
  }

  /// Returns whether a key is presented to a service that the caller or the settings of the user
  /// choose: in a header that is made for it, or a token of the machine's own to where it logs in.
  boolean presents(Located found) {
    String line = found.hit().excerpt();
    boolean own =
        PRESENTS.matcher(line).find() || (LOGS_IN.matcher(line).find() && onlyServiceAccount());
    return own && !namesHost() && !any(Capability.ENV_ALL, Capability.KEY_PATTERN);
  }

  private boolean onlyServiceAccount() {
    return lines(Capability.CREDENTIAL_PATH).stream()
        .allMatch(line -> line.contains("kubernetes.io") || line.contains("vault-token"));
  }

  /// Returns whether all hosts are the service that tells a machine of a cloud what it is.
  boolean onlyMetadata() {
    return count(Capability.IP_ADDRESS) == of(Capability.IP_ADDRESS).size()
        && any(Capability.IP_ADDRESS, Capability.FIXED_HOST)
        && Stream.of(Capability.IP_ADDRESS, Capability.FIXED_HOST)
            .flatMap(what -> lines(what).stream())
            .allMatch(line -> METADATA.matcher(line).find())
        && !any(Capability.DROP_HOST, Capability.HIDDEN_TEXT, Capability.DECODE_LOOP)
        && !any(Capability.DECODED_USE, Capability.BYTE_ARRAY, Capability.SECRET_SENT)
        && !any(Capability.PROCESS, Capability.ENV_ALL);
  }

  private static boolean program(Located found) {
    String path = found.path();
    return path.equals("src/main.rs") || path.startsWith("src/bin/");
  }

  /// Returns whether a program, not a library, runs what a file of its user says, and can bring
  /// nothing of its own.
  boolean runsTasks(Located found) {
    return program(found)
        && !any(Capability.NETWORK, Capability.DOWNLOADER, Capability.TEMP_DIR)
        && !any(Capability.DECODE, Capability.DECODE_LOOP, Capability.HIDDEN_TEXT)
        && !any(Capability.HOME_DIR, Capability.URL, Capability.NATIVE_EXECUTION);
  }

  /// Returns whether a shell gets what the caller or the settings of the user say: no host is
  /// named, nothing listens, and nothing that was received is run.
  boolean callersShell(Located found) {
    return !namesHost()
        && !has(Capability.RECEIVED_RUN)
        && !has(Capability.DOWNLOADER)
        && lines(Capability.NETWORK).stream().noneMatch(line -> line.contains("Listener"))
        && found.hit().excerpt().contains("-c")
        && !found.hit().excerpt().contains("format!");
  }

  private boolean forges() {
    List<String> hosts = lines(Capability.FIXED_HOST);
    return !any(HIDDEN)
        && count(Capability.FIXED_HOST) == hosts.size()
        && hosts.stream().allMatch(line -> FORGE.matcher(line).find());
  }

  private List<String> lines(Capability what) {
    return of(what).stream().map(place -> place.hit().excerpt()).toList();
  }

  /// Returns how many kinds of stores of other programs the sources name.
  int stores() {
    return (int)
        STORES.stream()
            .filter(
                store ->
                    Stream.of(Capability.CREDENTIAL_PATH, Capability.SECRET_NAME)
                        .flatMap(what -> of(what).stream())
                        .anyMatch(found -> store.matcher(found.hit().excerpt()).find()))
            .count();
  }

  /// Returns whether a text names a store of other programs. A list of hosts that are trusted is
  /// none, nor is what is left out by name.
  static boolean foreignStore(String line) {
    String text = PUBLIC.matcher(line).replaceAll("");
    boolean leftOut = EXCLUDES.matcher(text).find();
    return !leftOut && STORES.stream().anyMatch(store -> store.matcher(text).find());
  }

  int count(Capability what) {
    return counts.getOrDefault(what, 0);
  }

  /// Returns the first places of a capability, by path and line.
  List<Located> of(Capability what) {
    return hits.getOrDefault(what, List.of());
  }

  /// Returns the first place of the first of several that is there.
  Located first(Capability... all) {
    for (Capability what : all) {
      if (!of(what).isEmpty()) {
        return of(what).getFirst();
      }
    }
    throw new IllegalStateException("asked for a place of what is not there");
  }

  List<Capabilities.Held> held(Place where) {
    List<Capabilities.Held> held = new ArrayList<>();
    for (Map.Entry<Capability, Integer> entry : counts.entrySet()) {
      Located first = first(entry.getKey());
      held.add(
          new Capabilities.Held(
              where, entry.getKey(), entry.getValue(), first.path(), first.hit().line()));
    }
    return held;
  }
}
