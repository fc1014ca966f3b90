package lazaret.bundle.keys;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lazaret.bundle.tuf.Authority;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.Signed;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;

/// A root that nobody has signed yet, with the protocol of how it came to be.
///
/// @param plan what it says
/// @param root the file, without signatures
/// @param transcript the protocol, which people print and sign
public record Proposal(RootPlan plan, Signed<Metadata.Root> root, String transcript) {
  /// Makes the root of a plan, and checks that it can be one.
  ///
  /// @param before the root that it follows, or none for the first
  static Proposal of(RootPlan plan, List<Metadata.Root> before, Meeting meeting) {
    long version = before.isEmpty() ? 1 : before.getLast().version() + 1;
    Metadata.Root content = plan.root(version);
    Bytes file = MetadataWriter.file(MetadataWriter.signed(content), Map.of());
    Signed<Metadata.Root> root = MetadataReader.root(file);
    BundleRule rule = new BundleRule(meeting.at());
    for (Metadata.Root by : before) {
      rule.form(root, Authority.of(by, Roles.ROOT));
    }
    rule.form(root, Authority.of(root.content(), Roles.ROOT));
    return new Proposal(plan, root, Transcript.of(plan, root, meeting));
  }

  /// What the protocol records beside the root.
  ///
  /// @param at when
  /// @param inputs the files that were taken
  /// @param attendees who was there, in their own words
  /// @param changes what differs from the root before, one sentence each
  /// @param rehearsal whether the keys are thrown away
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

  /// Returns what people compare, and type where the root is trusted.
  public Fingerprint fingerprint() {
    return StoredTrust.fingerprint(root.raw());
  }

  /// Returns the root with signatures.
  Bytes signedBy(List<SigningKey> keys) {
    return MetadataWriter.file(MetadataWriter.signed(root.content()), keys);
  }

  /// Where a root and its transcript were written.
  ///
  /// @param root `N.root.json`
  /// @param transcript `N.root.transcript.txt`
  public record Written(Path root, Path transcript) {}

  /// Writes `N.root.json`, for the officers to sign, and `N.root.transcript.txt`; never over other
  /// files.
  ///
  /// @param folder is made where it is missing
  /// @throws lazaret.bundle.BundleException `key-unusable` where they cannot be written
  public Written write(Path folder) {
    NewFiles.folder(folder);
    var written = new Written(folder.resolve(name() + ".json"), folder.resolve(transcriptName()));
    NewFiles.create(written.transcript(), Bytes.utf8(transcript), folder);
    NewFiles.create(written.root(), root.raw(), folder);
    return written;
  }

  /// Puts the signed root among the roots of a folder of keys.
  Written install(Path keys, Bytes signed) {
    Path roots = keys.resolve(KeyFolder.ROOTS);
    NewFiles.folder(roots);
    var written = new Written(roots.resolve(name() + ".json"), keys.resolve(transcriptName()));
    // Of an attempt that did not come to its end there may be one.
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
