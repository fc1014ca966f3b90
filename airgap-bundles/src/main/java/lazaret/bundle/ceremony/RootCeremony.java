package lazaret.bundle.ceremony;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.RootChain;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The making of the first root of a stream.
///
/// @param stream the stream
/// @param lifetime the validity of the root
/// @param inputs the public keys of all officers, and the decision keys
/// @param roles the signers of each top-level role
/// @param attendees the names of the persons present
/// @param site what the inside accepts besides; null for nothing
public record RootCeremony(
    RootPolicy.Stream stream,
    Duration lifetime,
    List<CeremonyInput> inputs,
    Map<String, RootPlan.Duty> roles,
    List<String> attendees,
    @Nullable SiteTrust site) {
  /// The default validity of a root.
  public static final Duration LIFETIME = Duration.ofDays(3 * 365);

  /// Creates a ceremony of a root under which the inside accepts nothing besides.
  public RootCeremony(
      RootPolicy.Stream stream,
      Duration lifetime,
      List<CeremonyInput> inputs,
      Map<String, RootPlan.Duty> roles,
      List<String> attendees) {
    this(stream, lifetime, inputs, roles, attendees, null);
  }

  /// Copies the collections.
  public RootCeremony {
    inputs = List.copyOf(inputs);
    roles = Map.copyOf(roles);
    attendees = List.copyOf(attendees);
  }

  /// Makes the unsigned root. The officers then sign it one after another, each at the location of
  /// their keys.
  ///
  /// @param now the time, truncated to seconds
  /// @throws BundleException if roles, keys and names do not form a valid root
  public RootProposal propose(Instant now) {
    return propose(now, false);
  }

  RootProposal propose(Instant now, boolean rehearsal) {
    Map<String, PublicPair> officers = officers(inputs);
    Set<String> busy =
        roles.values().stream()
            .flatMap(duty -> duty.officers().stream())
            .collect(java.util.stream.Collectors.toSet());
    officers.keySet().stream()
        .filter(name -> !busy.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new BundleException(
                  BundleCode.KEY_MALFORMED,
                  "cannot plan a root: '%s' has no role; remove the file or assign a role"
                      .formatted(name));
            });
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    var plan =
        new RootPlan(
            stream,
            1,
            second.plus(lifetime),
            officers,
            roles,
            decisions(inputs),
            site == null ? SiteTrust.NONE : site);
    return RootProposal.of(
        plan, List.of(), new RootProposal.Meeting(second, inputs, attendees, List.of(), rehearsal));
  }

  static Map<String, PublicPair> officers(List<CeremonyInput> inputs) {
    Map<String, PublicPair> officers = new HashMap<>();
    for (PublicPair pair : inputs.stream().flatMap(i -> i.officer().stream()).toList()) {
      checkOfficer(pair.name());
      if (officers.put(pair.name(), pair) != null) {
        throw new BundleException(
            BundleCode.KEY_MALFORMED,
            "cannot plan a root: two files have the name '%s'".formatted(pair.name()));
      }
    }
    return officers;
  }

  private static List<TufKey> decisions(List<CeremonyInput> inputs) {
    List<TufKey> keys = inputs.stream().flatMap(i -> i.decisions().stream()).toList();
    if (keys.isEmpty()) {
      throw new BundleException(
          BundleCode.KEY_MALFORMED,
          "cannot plan a root: no key signs decisions; run 'keys create decisions' on the export"
              + " host and name its decisions.pub.json");
    }
    return keys;
  }

  /// The result of a ceremony with one operator.
  ///
  /// @param written the files of the root and its transcript
  /// @param proposal the root
  public record Single(RootProposal.Written written, RootProposal proposal) {}

  /// The parameters of a ceremony with one operator.
  ///
  /// @param name the name of the operator, see [PublicPair]
  /// @param stream the name of the stream
  /// @param lifetime the validity of the root
  /// @param site what the inside accepts besides; null for nothing
  public record Alone(String name, String stream, Duration lifetime, @Nullable SiteTrust site) {
    /// Creates the parameters of a root under which the inside accepts nothing besides.
    public Alone(String name, String stream, Duration lifetime) {
      this(name, stream, lifetime, null);
    }
  }

  /// Performs the whole ceremony for one operator with one pair of keys. It makes the pair, the
  /// decision key and the root, and signs the root. Existing keys are used, so that an interrupted
  /// ceremony can be repeated.
  ///
  /// @param keys the folder for all files, created if missing
  /// @param alone the parameters
  /// @param passphrase the passphrase of both keys; the array is not changed
  /// @param clock the clock
  /// @throws BundleException `key-unusable` if a root exists already, or the keys cannot be made or
  ///   opened
  public static Single single(Path keys, Alone alone, char[] passphrase, Clock clock) {
    checkOfficer(alone.name());
    Path root = keys.resolve(KeyFolder.ROOTS).resolve("1.root.json");
    if (Files.exists(root)) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE,
          "cannot make a first root: %s exists; 'keys rotate' makes the next one".formatted(root));
    }
    List<CeremonyInput> inputs = new ArrayList<>();
    for (String key : List.of(alone.name(), KeyFile.DECISIONS)) {
      Bytes published = held(keys, key, passphrase).publicFile();
      inputs.add(CeremonyInput.parse(published, key + KeyFile.PUBLIC_SUFFIX));
    }
    var duty = new RootPlan.Duty(Set.of(alone.name()), 1);
    Map<String, RootPlan.Duty> roles = new HashMap<>();
    RootPolicy.ROLES.forEach(role -> roles.put(role, duty));
    var stream = new RootPolicy.Stream(alone.stream(), UUID.randomUUID());
    RootProposal proposal =
        new RootCeremony(stream, alone.lifetime(), inputs, roles, List.of(), alone.site())
            .propose(clock.instant());
    KeyFolder folder = KeyFolder.open(keys, _ -> passphrase.clone(), clock);
    Bytes signed = proposal.signedBy(folder.keysFor(proposal.root().content(), Roles.ROOT));
    RootChain.of(List.of(signed), clock.instant());
    return new Single(proposal.install(keys, signed), proposal);
  }

  private static KeyFile held(Path keys, String name, char[] passphrase) {
    Path file = keys.resolve(name + KeyFile.SUFFIX);
    if (Files.exists(file)) {
      return KeyFile.read(file);
    }
    KeyFile made = KeyFile.create(name, passphrase, new SecureRandom());
    made.write(keys);
    return made;
  }

  static void checkOfficer(String name) {
    RootPolicy.checkName(name, "an officer");
    if (name.equals(KeyFile.DECISIONS)) {
      throw new BundleException(
          BundleCode.KEY_MALFORMED,
          "cannot name an officer '%s': that is the name of the decision key".formatted(name));
    }
  }
}
