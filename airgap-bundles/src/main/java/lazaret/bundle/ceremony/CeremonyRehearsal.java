package lazaret.bundle.ceremony;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.EncryptedSeeds;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.signing.RootSigningSession;
import lazaret.bundle.trust.RootChain;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.Roles;
import lazaret.storage.files.FileTrees;
import lazaret.vetting.Bytes;

/// A complete ceremony with keys that are discarded, from the making of the keys to the last
/// signature. It lets the officers practise before the real ceremony.
///
/// @param stream the stream of the rehearsed root
/// @param lifetime the validity of the rehearsed root
/// @param roles the signers of each top-level role
/// @param attendees the names of the persons present
public record CeremonyRehearsal(
    RootPolicy.Stream stream,
    Duration lifetime,
    Map<String, RootPlan.Duty> roles,
    List<String> attendees) {
  private static final char[] PASSPHRASE = "only a rehearsal".toCharArray();

  /// The result of a rehearsal.
  ///
  /// @param transcript the transcript, marked as that of a rehearsal
  /// @param steps the completed steps in order, one sentence each
  /// @param root the signed root, for trying the commands of the transcript
  public record Done(String transcript, List<String> steps, Bytes root) {
    /// Copies the list.
    public Done {
      steps = List.copyOf(steps);
    }
  }

  /// Copies the collections.
  public CeremonyRehearsal {
    roles = Map.copyOf(roles);
    attendees = List.copyOf(attendees);
  }

  /// Performs the rehearsal in a temporary folder, which is removed.
  ///
  /// @throws BundleException if the real ceremony would be refused
  /// @throws IOException if the folder cannot be created or removed
  public Done run(Clock clock) throws IOException {
    return runBelow(Path.of(System.getProperty("java.io.tmpdir")), clock);
  }

  /// Performs the rehearsal in a temporary folder below another one.
  Done runBelow(Path parent, Clock clock) throws IOException {
    Path folder = Files.createTempDirectory(parent, "lazaret-rehearsal");
    try {
      return run(folder, EncryptedSeeds.Cost.RECOMMENDED, clock);
    } finally {
      FileTrees.delete(folder);
    }
  }

  Done run(Path folder, EncryptedSeeds.Cost cost, Clock clock) {
    List<String> steps = new ArrayList<>();
    List<CeremonyInput> inputs = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    roles.values().forEach(duty -> names.addAll(duty.officers()));
    names.add(KeyFile.DECISIONS);
    for (String name : names) {
      KeyFile.create(name, PASSPHRASE, cost, new SecureRandom()).write(folder.resolve(name));
      inputs.add(CeremonyInput.read(folder.resolve(name).resolve(name + KeyFile.PUBLIC_SUFFIX)));
      steps.add("'%s' made keys in a folder of its own".formatted(name));
    }
    RootProposal proposal =
        new RootCeremony(stream, lifetime, inputs, roles, attendees).propose(clock.instant(), true);
    Path file = proposal.write(folder.resolve("ceremony")).root();
    steps.add("root 1 was proposed: " + proposal.fingerprint().groups());
    Bytes root = signed(file, proposal, folder, steps, clock);
    return new Done(proposal.transcript(), steps, root);
  }

  private Bytes signed(
      Path file, RootProposal proposal, Path folder, List<String> steps, Clock clock) {
    for (String officer : proposal.plan().duty(Roles.ROOT).officers()) {
      KeyFolder keys = KeyFolder.open(folder.resolve(officer), _ -> PASSPHRASE.clone(), clock);
      RootSigningSession signing = RootSigningSession.open(file, keys, clock.instant());
      if (signing.isComplete()) {
        break;
      }
      refused(signing, clock);
      List<String> _ = signing.sign();
      steps.add("'%s' signed; in all %s".formatted(officer, signing.tallies().getFirst().words()));
      if (signing.isComplete()) {
        steps.add("the root was refused with one signature fewer, and accepted with all");
        return RootChain.of(keysAgain(folder, officer, clock).roots(), clock.instant())
            .files()
            .getFirst();
      }
    }
    throw new BundleException(
        BundleCode.SIGNATURE_THRESHOLD,
        "cannot rehearse: the signatures of all officers are not enough for a root");
  }

  private static KeyFolder keysAgain(Path folder, String officer, Clock clock) {
    return KeyFolder.open(folder.resolve(officer), _ -> PASSPHRASE.clone(), clock);
  }

  /// Checks that the root is refused before the last signature.
  private static void refused(RootSigningSession signing, Clock clock) {
    try {
      RootChain.of(List.of(signing.file()), clock.instant());
    } catch (BundleException _) {
      return;
    }
    throw new IllegalStateException("a root counts that lacks signatures");
  }
}
