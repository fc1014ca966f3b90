package lazaret.bundle.ceremony;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.NewFiles;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.BundleMetadataRule;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;

/// An unsigned root with the transcript of its making.
///
/// @param plan the officers and roles of the root
/// @param root the file of the root, without signatures
/// @param transcript the transcript, which people print and sign
public record RootProposal(RootPlan plan, SignedMetadata<Metadata.Root> root, String transcript) {
  /// Makes and checks the root of a plan.
  ///
  /// @param plan the plan
  /// @param before the preceding root, or an empty list for the first
  /// @param meeting the circumstances for the transcript
  static RootProposal of(RootPlan plan, List<Metadata.Root> before, Meeting meeting) {
    long version = before.isEmpty() ? 1 : before.getLast().version() + 1;
    Metadata.Root content = plan.root(version);
    Bytes file = MetadataWriter.file(MetadataWriter.signed(content), Map.of());
    SignedMetadata<Metadata.Root> root = MetadataReader.root(file);
    BundleMetadataRule rule = new BundleMetadataRule(meeting.at());
    for (Metadata.Root by : before) {
      rule.form(root, SigningAuthority.of(by, Roles.ROOT));
    }
    rule.form(root, SigningAuthority.of(root.content(), Roles.ROOT));
    return new RootProposal(plan, root, CeremonyTranscript.of(plan, root, meeting));
  }

  /// The circumstances of a ceremony for the transcript.
  ///
  /// @param at the time
  /// @param inputs the files with public keys
  /// @param attendees the names of the persons present, as free text
  /// @param changes the differences from the preceding root, one sentence each
  /// @param rehearsal whether the keys are discarded
  public record Meeting(
      Instant at,
      List<CeremonyInput> inputs,
      List<String> attendees,
      List<String> changes,
      boolean rehearsal) {
    /// Copies the lists.
    public Meeting {
      inputs = List.copyOf(inputs);
      attendees = List.copyOf(attendees);
      changes = List.copyOf(changes);
    }
  }

  /// Returns the fingerprint that people compare, and type to trust the root.
  public Fingerprint fingerprint() {
    return StoredTrust.fingerprint(root.raw());
  }

  /// Returns the file of the root with signatures.
  Bytes signedBy(List<SigningKey> keys) {
    return MetadataWriter.file(MetadataWriter.signed(root.content()), keys);
  }

  /// The written files of a root and its transcript.
  ///
  /// @param root the file `N.root.json`
  /// @param transcript the file `N.root.transcript.txt`
  public record Written(Path root, Path transcript) {}

  /// Writes `N.root.json`, for the officers to sign, and `N.root.transcript.txt`. Existing files
  /// are not overwritten.
  ///
  /// @param folder the folder, created if missing
  /// @throws lazaret.bundle.BundleException `key-unusable` if a file cannot be written
  public Written write(Path folder) {
    NewFiles.folder(folder);
    var written = new Written(folder.resolve(name() + ".json"), folder.resolve(transcriptName()));
    NewFiles.create(written.transcript(), Bytes.utf8(transcript), folder);
    NewFiles.create(written.root(), root.raw(), folder);
    return written;
  }

  /// Writes the signed root to the roots of a folder of keys, and the transcript to that folder.
  Written install(Path keys, Bytes signed) {
    Path roots = keys.resolve(KeyFolder.ROOTS);
    NewFiles.folder(roots);
    var written = new Written(roots.resolve(name() + ".json"), keys.resolve(transcriptName()));
    // An interrupted attempt may have left a transcript.
    NewFiles.replace(written.transcript(), Bytes.utf8(transcript), keys);
    NewFiles.create(written.root(), signed, keys);
    return written;
  }

  private String transcriptName() {
    return name() + ".transcript.txt";
  }

  private String name() {
    return root.content().version() + ".root";
  }
}
