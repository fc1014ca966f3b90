package lazaret.conformance.cases;

import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryClient;
import lazaret.conformance.client.RegistryJson;
import lazaret.conformance.client.RegistryResponse;

/// The context of a case: clients of the registry, new names, and common steps. Thread-safe.
public final class CaseContext {
  /// The address of crates.io in index lines.
  public static final String CRATES_IO = "https://github.com/rust-lang/crates.io-index";

  /// The first version of most cases.
  static final String ONE = "1.0.0";

  private final RegistryClient owner;
  private final RegistryClient other;
  private final Map<String, String> declared;
  private final String prefix;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Integer> usedTokens = new ConcurrentHashMap<>();

  /// Creates the context of a run.
  ///
  /// @param owner a client that publishes
  /// @param other a client with the token of a second user, who may publish, too
  /// @param declared the declarations, and the secrets of further tokens under `token:NAME`
  /// @param prefix the beginning of all names
  /// @param clock the only source of time
  public CaseContext(
      RegistryClient owner,
      RegistryClient other,
      Map<String, String> declared,
      String prefix,
      Clock clock) {
    this.owner = owner;
    this.other = other;
    this.declared = Map.copyOf(declared);
    this.prefix = prefix;
    this.clock = clock;
  }

  /// Returns whether the registry can be reached.
  public boolean answers() {
    try {
      RegistryResponse _ = owner.indexFile("config.json");
      return true;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /// Returns the client that publishes.
  RegistryClient owner() {
    return owner;
  }

  /// Returns the client of the second user.
  RegistryClient other() {
    return other;
  }

  /// Returns the present time.
  Instant now() {
    return clock.instant();
  }

  /// Returns the client with a further token.
  RegistryClient with(String token) {
    return owner.as(declared("token:" + token));
  }

  /// Returns whether a declaration was made, or a token given.
  public boolean has(String key) {
    return declared.containsKey(key);
  }

  /// Returns the value of a declaration.
  ///
  /// @throws CaseException if there is none
  String declared(String key) {
    String value = declared.get(key);
    if (value == null) {
      throw new CaseException("the declaration " + key, "none");
    }
    return value;
  }

  /// A limit that is higher for one crate.
  ///
  /// @param crate the name of the crate
  /// @param limit its limit
  record RaisedLimit(String crate, int limit) {}

  /// Returns the value of a declaration of the form `NAME=NUMBER`.
  ///
  /// @throws CaseException if there is none, or it has another form
  RaisedLimit raised(String key) {
    String value = declared(key);
    if (!value.matches("[^=]+=[0-9]{1,9}")) {
      throw new CaseException("the declaration " + key + " in the form NAME=NUMBER", value);
    }
    int equals = value.indexOf('=');
    return new RaisedLimit(
        value.substring(0, equals), Integer.parseInt(value.substring(equals + 1)));
  }

  /// Returns a token of the CI system that was not exchanged yet. The declaration has one a line.
  ///
  /// @param key the key of the declaration
  /// @throws CaseException if all were exchanged
  String jobToken(String key) {
    List<String> tokens = declared(key).lines().toList();
    int next = usedTokens.merge(key, 1, Integer::sum) - 1;
    if (next >= tokens.size()) {
      throw new CaseException("a token of the CI system for each case", tokens.size());
    }
    return tokens.get(next);
  }

  /// Returns a name that no crate has.
  String name() {
    return name("");
  }

  /// Returns a name that no crate has.
  ///
  /// @param middle the letters after the prefix
  String name(String middle) {
    StringBuilder name = new StringBuilder(prefix).append(middle);
    for (int i = 0; i < 6; i++) {
      name.append((char) ('a' + random.nextInt(26)));
    }
    return name.toString();
  }

  /// Returns a new well-formed crate.
  UploadBuilder crate() {
    return new UploadBuilder(name(), ONE);
  }

  /// Returns a well-formed version of a crate with a given name, which may have versions.
  UploadBuilder next(String name) {
    Set<String> taken =
        owner.lines(name).stream().map(line -> line.text("vers")).collect(Collectors.toSet());
    int major = 1;
    while (taken.contains(major + ".0.0")) {
      major++;
    }
    return new UploadBuilder(name, major + ".0.0");
  }

  /// Publishes a version.
  ///
  /// @throws CaseException if it is refused, or the index does not have it
  RegistryJson accepted(UploadBuilder crate) {
    RegistryResponse answer = owner.publish(crate);
    if (!answer.isSuccess()) {
      throw new CaseException("the version to be accepted", answer);
    }
    return line(crate);
  }

  /// Publishes the first version of a new crate, and returns its name.
  String published() {
    UploadBuilder crate = crate();
    accepted(crate);
    return crate.name();
  }

  /// Returns the line of a version.
  ///
  /// @throws CaseException if there is none
  RegistryJson line(UploadBuilder crate) {
    return owner
        .line(crate.name(), crate.version())
        .orElseThrow(
            () ->
                new CaseException(
                    "a line of %s %s in the index".formatted(crate.name(), crate.version()),
                    owner.index(crate.name())));
  }

  /// Publishes a version that must be refused.
  ///
  /// @throws CaseException if it is accepted, refused in another form, or the index changes
  RegistryResponse refused(UploadBuilder crate) {
    return refused(owner, crate);
  }

  /// Publishes a version as another user.
  RegistryResponse refused(RegistryClient client, UploadBuilder crate) {
    return refused(crate.name(), () -> client.publish(crate));
  }

  /// Uploads a body that must be refused.
  RegistryResponse refused(UploadBuilder crate, byte[] body) {
    return refused(crate.name(), () -> owner.upload(body));
  }

  /// A step that must be refused.
  interface Step {
    /// Sends the request.
    RegistryResponse send();
  }

  /// Runs a step that must be refused, and compares the index of a crate before and after.
  RegistryResponse refused(String name, Step step) {
    boolean listed = name.matches("[A-Za-z0-9_-]{1,64}");
    Optional<RegistryResponse> before = listed ? Optional.of(owner.index(name)) : Optional.empty();
    RegistryResponse answer = step.send();
    if (answer.status() < 400 || answer.status() > 499) {
      throw new CaseException("a refusal with a status of 400 to 499", answer);
    }
    String detail = answer.detail();
    if (detail.isEmpty() || detail.chars().anyMatch(Character::isISOControl)) {
      throw new CaseException("errors[0].detail with a printable text", answer);
    }
    before.ifPresent(
        earlier -> {
          RegistryResponse later = owner.index(name);
          if (!RegistryClient.isSame(earlier, later)) {
            throw new CaseException("an unchanged index file", later);
          }
        });
    return answer;
  }

  /// Checks a condition.
  ///
  /// @param expected what holds, as a phrase
  /// @param found what was found
  static void expect(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new CaseException(expected, found);
    }
  }

  /// Checks the status of an answer.
  static void expectStatus(RegistryResponse answer, Integer... statuses) {
    List<Integer> all = List.of(statuses);
    expect(
        all.contains(answer.status()),
        "the status " + all.stream().map(String::valueOf).collect(Collectors.joining(" or ")),
        answer);
  }
}
