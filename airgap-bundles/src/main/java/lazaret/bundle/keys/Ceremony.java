package lazaret.bundle.keys;

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
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// The making of a stream's first root.
///
/// @param stream what the bundles under it belong to
/// @param lifetime how long it counts
/// @param inputs the public keys of all officers, and of decisions
/// @param roles who signs for each top-level role
/// @param attendees who was there
public record Ceremony(
    RootPolicy.Stream stream,
    Duration lifetime,
    List<CeremonyInput> inputs,
    Map<String, RootPlan.Duty> roles,
    List<String> attendees) {
  /// How long a root counts where nothing else is said.
  public static final Duration LIFETIME = Duration.ofDays(3 * 365);

  /// Copies the lists.
  public Ceremony {
    inputs = List.copyOf(inputs);
    roles = Map.copyOf(roles);
    attendees = List.copyOf(attendees);
  }

  /// Makes the root, for the officers to sign one after another, each where their keys are.
  ///
  /// @param now the time, which counts to the second
  /// @throws BundleException where the roles, keys and names do not make a root
  public Proposal propose(Instant now) {
    return propose(now, false);
  }

  Proposal propose(Instant now, boolean rehearsal) {
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
                  "cannot plan a root: '%s' has no role; leave the file out or give them one"
                      .formatted(name));
            });
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    var plan = new RootPlan(stream, 1, second.plus(lifetime), officers, roles, decisions(inputs));
    return Proposal.of(
        plan, List.of(), new Proposal.Meeting(second, inputs, attendees, List.of(), rehearsal));
  }

  static Map<String, PublicPair> officers(List<CeremonyInput> inputs) {
    Map<String, PublicPair> officers = new HashMap<>();
    for (PublicPair pair : inputs.stream().flatMap(i -> i.officer().stream()).toList()) {
      checkOfficer(pair.name());
      if (officers.put(pair.name(), pair) != null) {
        throw new BundleException(
            BundleCode.KEY_MALFORMED,
            "cannot plan a root: two files are of '%s'".formatted(pair.name()));
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

  /// What one operator gets in one step.
  ///
  /// @param written where the root and its transcript are
  /// @param proposal what it says
  public record Single(Proposal.Written written, Proposal proposal) {}

  /// One operator.
  ///
  /// @param name the operator's, see [PublicPair]
  /// @param stream what people call the stream
  /// @param lifetime of the root
  public record Alone(String name, String stream, Duration lifetime) {}

  /// Does everything for one operator with one pair of keys: makes the pair, the key of decisions
  /// and the root, and signs it. Keys that are there are taken as they are, so that it can be
  /// called again where it did not come to its end.
  ///
  /// @param keys the folder that gets all of them; made where it is missing
  /// @param alone who and for what
  /// @param passphrase of both keys; stays as it is
  /// @throws BundleException `key-unusable` where there is a root already, or the keys cannot be
  ///   made or opened
  public static Single single(Path keys, Alone alone, char[] passphrase, Clock clock) {
    checkOfficer(alone.name());
    Path root = keys.resolve(KeyFolder.ROOTS).resolve("1.root.json");
    if (Files.exists(root)) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE,
          "cannot make a first root: %s is there; 'keys rotate' makes the next one"
              .formatted(root));
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
    Proposal proposal =
        new Ceremony(stream, alone.lifetime(), inputs, roles, List.of()).propose(clock.instant());
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
          "cannot call an officer '%s': that is the key of decisions".formatted(name));
    }
  }
}
