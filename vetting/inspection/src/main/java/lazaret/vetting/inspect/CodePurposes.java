package lazaret.vetting.inspect;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.CodeFacts.Located;
import lazaret.vetting.inspect.purpose.FileMode;
import lazaret.vetting.inspect.purpose.HostMentions;
import lazaret.vetting.inspect.purpose.LocalConnections;
import lazaret.vetting.inspect.purpose.PurposeSubject;
import lazaret.vetting.inspect.purpose.ServiceSecret;
import lazaret.vetting.inspect.purpose.StatedPurpose;
import lazaret.vetting.inspect.source.Capability;

/// The purposes of the code of one place, as far as they separate honest code from hostile code.
/// Such are a destination that the caller names, data that stays on the machine, and checks before
/// use.
///
/// @param code the facts about the code
record CodePurposes(CodeFacts code) {
  /// The beginning of the note on a download whose check the caller cannot omit.
  private static final String CHECKED = "each download is checked";

  /// The capabilities by which text that was found may leave a program.
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

  private static final Pattern METADATA =
      Pattern.compile(
          "169\\.254\\.(?:169\\.254|170\\.2)|metadata\\.google\\.internal|100\\.100\\.100\\.200");

  private static final Pattern CHAT =
      Pattern.compile(
          "/webhooks/\\{[a-z_]+\\}/\\{[a-z_]+\\}|/bot(?:\\{[a-z_]+\\}|\\{\\}[^A-Z]*self\\.)");

  private static final Pattern SERVED =
      Pattern.compile("(?:api\\.telegram\\.org|discord(?:app)?\\.com|hooks\\.slack\\.com)/");

  private static final Pattern PRESENTS =
      Pattern.compile("(?i)\"[a-z-]*(?:authorization|-auth|-token|-api-key)\" *,");

  private static final Pattern LOGS_IN = Pattern.compile("/login|/auth/|/token|/oauth");

  /// The capabilities of a crate that does more than start the tools it names.
  private static final Capability[] ACTS = {
    Capability.NETWORK,
    Capability.SHELL,
    Capability.DOWNLOADER,
    Capability.HOME_DIR,
    Capability.TEMP_DIR,
    Capability.ENV_ALL,
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

  /// The capabilities by which the output of a program could leave the crate or be changed.
  private static final Capability[] SENDS_ON = {
    Capability.NETWORK,
    Capability.SHELL,
    Capability.DOWNLOADER,
    Capability.DERIVED_COMMAND,
    Capability.RECEIVED_RUN,
    Capability.FIXED_HOST,
    Capability.DROP_HOST,
    Capability.HIDDEN_TEXT,
    Capability.DECODE_LOOP,
    Capability.DECODED_USE,
    Capability.PERSISTENCE,
    Capability.CREDENTIAL_PATH,
    Capability.ENV_ALL,
    Capability.CONSTRUCTOR
  };

  private static final Pattern NAMES_ONLY =
      Pattern.compile("\"diff\",? .*\"--(?:name-only|name-status|quiet|exit-code)\"");

  private static final Pattern TOOL =
      Pattern.compile("Command::new\\((?:\"(?:rustfmt|rustc|git)\"|env!\\(\"CARGO\"\\))");

  private static final Pattern FIXED_PROGRAM = Pattern.compile("Command::new\\( *(?:&?[A-Z]|\")");

  private static final Pattern FORGE =
      Pattern.compile(
          "(?:github\\.com(?:/repos)?|gitlab\\.com(?:/api/v4/projects)?|codeberg\\.org(?:/api/v1/repos)?)/\\{[a-z_.]*\\}/");

  /// The capabilities by which sources name a host in another form than plain text.
  private static final Capability[] HIDDEN = {
    Capability.IP_ADDRESS,
    Capability.DROP_HOST,
    Capability.HIDDEN_TEXT,
    Capability.DECODE_LOOP,
    Capability.DECODED_USE,
    Capability.BYTE_ARRAY
  };

  /// Returns whether text that matches a pattern can leave the program only as its result.
  ///
  /// The crate does not send, start a shell or hide anything, and the source with the pattern does
  /// not write files.
  boolean keeps(Located found) {
    return !code.any(OPEN)
        && !code.near(found, Capability.FS_WRITE)
        && !code.near(found, Capability.HOME_DIR)
        && !code.namesHost();
  }

  /// Returns whether only the caller chooses the messages to a chat service. The keys in its
  /// address are filled in, and the source has no data of its own to send.
  boolean callersChat(Located found) {
    return CHAT.matcher(found.hit().excerpt()).find()
        && code.lines(Capability.FIXED_HOST).stream().allMatch(line -> SERVED.matcher(line).find())
        && !code.any(Capability.ENV_ALL, Capability.CREDENTIAL_PATH, Capability.SECRET_SENT)
        && !code.any(Capability.HIDDEN_TEXT, Capability.KEY_PATTERN, Capability.MACHINE_SENT)
        && !code.near(found, Capability.FS_READ)
        && !code.near(found, Capability.PROCESS);
  }

  /// Returns whether all hosts are the metadata service of a cloud machine.
  boolean onlyMetadata() {
    return code.count(Capability.IP_ADDRESS) == code.of(Capability.IP_ADDRESS).size()
        && code.any(Capability.IP_ADDRESS, Capability.FIXED_HOST)
        && Stream.of(Capability.IP_ADDRESS, Capability.FIXED_HOST)
            .flatMap(what -> code.lines(what).stream())
            .allMatch(line -> METADATA.matcher(line).find())
        && !code.any(Capability.DROP_HOST, Capability.HIDDEN_TEXT, Capability.DECODE_LOOP)
        && !code.any(Capability.DECODED_USE, Capability.BYTE_ARRAY, Capability.SECRET_SENT)
        && !code.any(Capability.PROCESS, Capability.ENV_ALL);
  }

  /// Returns whether a key goes only to a service that the caller or the user's settings choose. It
  /// is in an authentication header, or it is a token of the machine for its own login service.
  boolean presents(Located found) {
    String line = found.hit().excerpt();
    boolean own =
        PRESENTS.matcher(line).find() || (LOGS_IN.matcher(line).find() && onlyServiceAccount());
    return own && !code.namesHost() && !code.any(Capability.ENV_ALL, Capability.KEY_PATTERN);
  }

  private boolean onlyServiceAccount() {
    return code.lines(Capability.CREDENTIAL_PATH).stream()
        .allMatch(line -> line.contains("kubernetes.io") || line.contains("vault-token"));
  }

  /// Returns whether all downloads are compared with a digest that the crate contains, and come
  /// from hosts that its page names.
  ///
  /// @param page the stated purpose of the crate
  boolean pinned(StatedPurpose page) {
    List<String> hosts = code.lines(Capability.FIXED_HOST);
    return code.has(Capability.PINNED_DOWNLOAD)
        && !hosts.isEmpty()
        && code.count(Capability.FIXED_HOST) == hosts.size()
        && hosts.stream().allMatch(line -> named(line, page))
        && !code.any(Capability.DROP_HOST, Capability.HIDDEN_TEXT, Capability.BYTE_ARRAY)
        && !code.any(Capability.TLS_OFF, Capability.SECRET_NAME, Capability.ENV_ALL)
        && code.lines(Capability.IP_ADDRESS).stream().allMatch(LocalConnections::loopback);
  }

  private static boolean named(String line, StatedPurpose page) {
    return page.below(line) || HostMentions.in(line).map(page::namesHost).orElse(true);
  }

  /// Returns whether a line names a service of many projects, with the keys or the project of the
  /// caller.
  static boolean callersPart(String line) {
    return FORGE.matcher(line).find() || (SERVED.matcher(line).find() && CHAT.matcher(line).find());
  }

  /// Returns whether a build script only unpacks and links its downloads.
  boolean linksOnly() {
    return !code.any(Capability.PROCESS, Capability.CHMOD, Capability.HOME_DIR, Capability.TEMP_DIR)
        && !code.any(Capability.CREDENTIAL_PATH, Capability.FOREIGN_WRITE, Capability.DECODED_USE)
        && !code.any(Capability.DECODE_LOOP, Capability.DATA_AS_CODE, Capability.LINKER_PROGRAM)
        && !code.any(Capability.TOOL_CONFIG, Capability.CI_NAME, Capability.NATIVE_EXECUTION);
  }

  /// Returns whether a source without network access uses downloads that other sources check.
  boolean checkedElsewhere(Located found) {
    return !code.near(found, Capability.NETWORK)
        && code.of(Capability.NETWORK).stream()
            .filter(place -> !FileMode.imports(place.hit().excerpt()))
            .allMatch(
                place ->
                    code.of(Capability.VERIFIED_DOWNLOAD).stream()
                        .anyMatch(
                            check ->
                                check.path().equals(place.path())
                                    && check.hit().excerpt().startsWith(CHECKED)));
  }

  /// Returns whether all started programs are tools of the language by their names, or a `git` that
  /// names a commit. The code uses only their output.
  boolean asksTools() {
    List<String> lines = code.lines(Capability.PROCESS);
    boolean plain =
        code.of(Capability.PROCESS).stream()
            .allMatch(found -> code.near(found, Capability.PLAIN_TOOLS));
    if (plain) {
      return !code.any(ACTS) && (!code.has(Capability.DECODE) || encodesOnly());
    }
    boolean git = lines.stream().anyMatch(line -> line.contains("\"git\""));
    return code.count(Capability.PROCESS) == lines.size()
        && lines.stream().allMatch(line -> FileMode.imports(line) || TOOL.matcher(line).find())
        && (!git || code.has(Capability.GIT_QUERY))
        && code.lines(Capability.GIT_CONTENT).stream()
            .allMatch(line -> NAMES_ONLY.matcher(line).find())
        && (!code.has(Capability.DECODE) || encodesOnly())
        && !code.any(ACTS);
  }

  /// Returns whether all started programs only describe the machine or the project, and the crate
  /// cannot send their output.
  boolean asksSystem() {
    return code.of(Capability.PROCESS).stream()
            .allMatch(found -> code.near(found, Capability.PLAIN_TOOLS))
        && !code.any(SENDS_ON)
        && code.lines(Capability.IP_ADDRESS).stream().allMatch(LocalConnections::loopback);
  }

  /// Returns whether the crate only searches for the drop host in texts, and cannot reach a host.
  ///
  /// @param page the stated purpose of the crate
  boolean looksFor(StatedPurpose page) {
    return page.names(PurposeSubject.SEARCH_FOR_KEYS)
        && !code.any(OPEN)
        && !code.any(Capability.PROCESS, Capability.DECODED_USE, Capability.HIDDEN_TEXT);
  }

  /// Returns whether a crate only detects the service on which it runs. It starts programs that the
  /// caller names, and neither sends nor stores data.
  boolean startsOnly(Located found) {
    return program(found)
        && !code.any(ACTS)
        && !code.has(Capability.DECODE)
        && !code.any(Capability.DERIVED_COMMAND, Capability.SCRIPT_FILE, Capability.PERSISTENCE)
        && code.lines(Capability.PROCESS).stream()
            .allMatch(line -> FileMode.imports(line) || !FIXED_PROGRAM.matcher(line).find());
  }

  /// Returns whether a program, not a library, runs the commands of a file of its user and cannot
  /// bring any of its own.
  boolean runsTasks(Located found) {
    return program(found)
        && !code.any(Capability.NETWORK, Capability.DOWNLOADER, Capability.TEMP_DIR)
        && !code.any(Capability.DECODE, Capability.DECODE_LOOP, Capability.HIDDEN_TEXT)
        && !code.any(Capability.HOME_DIR, Capability.URL, Capability.NATIVE_EXECUTION);
  }

  private static boolean program(Located found) {
    String path = found.path();
    return path.equals("src/main.rs") || path.startsWith("src/bin/");
  }

  /// Returns whether a shell runs text of the caller or of the user's settings. The code does not
  /// name a host, listen, or run anything that it received.
  boolean callersShell(Located found) {
    return !code.namesHost()
        && !code.has(Capability.RECEIVED_RUN)
        && !code.has(Capability.DOWNLOADER)
        && code.lines(Capability.NETWORK).stream().noneMatch(line -> line.contains("Listener"))
        && found.hit().excerpt().contains("-c")
        && !found.hit().excerpt().contains("format!");
  }

  private boolean forges() {
    List<String> hosts = code.lines(Capability.FIXED_HOST);
    return !code.any(HIDDEN)
        && code.count(Capability.FIXED_HOST) == hosts.size()
        && hosts.stream().allMatch(line -> FORGE.matcher(line).find());
  }

  /// Returns whether the source of an occurrence uses only checked downloads. The only hosts are
  /// forges, with the owner and the project of the caller.
  boolean checked(Located found) {
    return forges()
        && code.of(Capability.VERIFIED_DOWNLOAD).stream()
            .filter(other -> other.path().equals(found.path()))
            .allMatch(other -> other.hit().excerpt().startsWith(CHECKED));
  }

  /// Returns whether sources can only return the variables that they read of a CI runner. They do
  /// not start programs or name a host of their own.
  boolean queriesRunner(Located found) {
    return (code.near(found, Capability.RUNNER_ANSWER) || !code.near(found, Capability.NETWORK))
        && !code.any(Capability.PROCESS, Capability.DOWNLOADER, Capability.ENV_ALL)
        && !code.any(
            Capability.CREDENTIAL_PATH, Capability.NATIVE_EXECUTION, Capability.CONSTRUCTOR)
        && !code.namesHost();
  }

  /// Returns whether an occurrence makes a file executable. An import does not, nor do permissions
  /// that do not allow execution.
  boolean makesPrograms(Located found) {
    String line = found.hit().excerpt();
    if (FileMode.harmless(line)) {
      return false;
    }
    boolean others =
        code.count(Capability.CHMOD) > code.of(Capability.CHMOD).size()
            || code.of(Capability.CHMOD).stream()
                .map(other -> other.hit().excerpt())
                .anyMatch(other -> !FileMode.imports(other) && !FileMode.harmless(other));
    return !FileMode.imports(line) || others;
  }

  /// Returns whether all network access stays on the machine.
  boolean local() {
    List<String> lines = code.lines(Capability.NETWORK);
    return code.count(Capability.NETWORK) == lines.size()
        && lines.stream().anyMatch(LocalConnections::only)
        && lines.stream().allMatch(line -> FileMode.imports(line) || LocalConnections.only(line))
        && !code.namesHost();
  }

  /// Returns whether the named secrets are those of the one service whose hosts are named.
  boolean ownService() {
    List<Located> hosts = code.of(Capability.FIXED_HOST);
    return code.count(Capability.FIXED_HOST) == hosts.size()
        && code.count(Capability.SECRET_NAME) == code.of(Capability.SECRET_NAME).size()
        && !code.any(HIDDEN)
        && !code.any(Capability.ENV_ALL, Capability.CREDENTIAL_PATH, Capability.SECRET_SENT)
        && ServiceSecret.own(code.lines(Capability.SECRET_NAME), code.lines(Capability.FIXED_HOST));
  }

  /// Returns whether bytes are only encoded as text and never decoded.
  boolean encodesOnly() {
    List<String> lines = code.lines(Capability.DECODE);
    return code.count(Capability.DECODE) == lines.size()
        && lines.stream().allMatch(line -> line.contains("encode") && !line.contains("decode"));
  }

  /// Returns whether the sources contain a host, in plain text or hidden. Decoding is not
  /// considered.
  boolean ownHosts() {
    return code.any(Capability.FIXED_HOST, Capability.DROP_HOST, Capability.HIDDEN_TEXT)
        || code.any(Capability.BYTE_ARRAY)
        || !code.lines(Capability.IP_ADDRESS).stream().allMatch(LocalConnections::loopback);
  }
}
