package lazaret.bundle.format;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;

/// What a bundle says of itself: the file `bundle.json`.
///
/// @param stream whose snapshots it carries
/// @param audience the networks that it is for; `*` is all
/// @param epoch the run of keys, from 1
/// @param sequence the snapshot's number, from 1
/// @param kind what it brings
/// @param bases the snapshots that a delta can be applied to, oldest first: it holds what changed
///   since the oldest, whole, so what came between does no harm; none in other kinds
/// @param minSequence the least snapshot that a revocation applies to; 0 in other kinds
/// @param result the snapshot that it leads to; of a revocation the one that it was made of
/// @param previous SHA-256 of the statement before it; empty for the first
/// @param issued when it was made, to the second
/// @param expires until when it may be imported
/// @param nextExpectedBy when the next one is promised
/// @param policyDigest of the policy under which was vetted
/// @param feeds whose records it brings
/// @param changes what differs from the oldest base, or from nothing
/// @param contents how large it is
/// @param product the program and its version
public record BundleStatement(
    Stream stream,
    List<String> audience,
    long epoch,
    long sequence,
    SnapshotKind kind,
    List<State> bases,
    long minSequence,
    Result result,
    Optional<Sha256> previous,
    Instant issued,
    Instant expires,
    Instant nextExpectedBy,
    Sha256 policyDigest,
    List<FeedHeader> feeds,
    Changes changes,
    Contents contents,
    String product) {
  /// The name of its file.
  public static final String FILE = "bundle.json";

  /// The longest file, in bytes.
  public static final int MOST = 1 << 20;

  private static final int MOST_NAMES = 100;
  private static final Pattern NETWORK = Pattern.compile("[!-~]{1,64}");

  /// Copies the lists and checks that the numbers fit the kind.
  ///
  /// @throws MalformedException see [#checkedAudience]
  /// @throws IllegalArgumentException if epoch or sequence are not positive, a delta has no base
  ///   before its own sequence, or another kind has one
  public BundleStatement {
    audience = checkedAudience(audience);
    bases = List.copyOf(bases);
    feeds = List.copyOf(feeds);
    boolean fits =
        switch (kind) {
          case FULL -> bases.isEmpty() && minSequence == 0;
          case DELTA ->
              !bases.isEmpty() && bases.getLast().sequence() < sequence && minSequence == 0;
          case REVOCATION -> bases.isEmpty() && minSequence <= sequence;
        };
    if (!fits || epoch < 1 || sequence < 1) {
      throw new IllegalArgumentException(
          "no %s of epoch %d and sequence %d on %s".formatted(kind.word(), epoch, sequence, bases));
    }
  }

  /// Copies the names of networks.
  ///
  /// @throws MalformedException if there are none, too many, or one is not of printable ASCII
  ///   without spaces: they are shown to people
  public static List<String> checkedAudience(List<String> names) {
    if (names.isEmpty() || names.size() > MOST_NAMES) {
      throw new MalformedException(
          "expected 1 to %d networks that a bundle is for, found %d"
              .formatted(MOST_NAMES, names.size()));
    }
    for (String name : names) {
      if (!NETWORK.matcher(name).matches()) {
        throw new MalformedException(
            "expected networks named by 1 to 64 printable ASCII characters without spaces, found '%s'"
                .formatted(Excerpt.of(name)));
      }
    }
    return List.copyOf(names);
  }

  /// A stream of snapshots.
  ///
  /// @param uuid what it is told by
  /// @param name what people call it: lower-case letters, digits and dashes
  public record Stream(String uuid, String name) {}

  /// A snapshot by number and content.
  ///
  /// @param stateRoot the root of its state tree
  public record State(long sequence, Sha256 stateRoot) {}

  /// What a snapshot comes to.
  ///
  /// @param stateRoot the root of its state tree
  /// @param crates how many have lines in it
  /// @param versions how many lines it has
  /// @param bytes how many bytes of artefacts the last full bundle and those since have brought
  public record Result(Sha256 stateRoot, long crates, long versions, long bytes) {}

  /// What differs.
  ///
  /// @param added versions that are new
  /// @param changed versions whose line or decision differs in another way than the following
  /// @param yanked versions whose `yanked` differs
  /// @param removed versions that are gone
  /// @param revoked versions that were served and are denied now
  /// @param cksumChanged versions that have other bytes under the same number
  public record Changes(
      Change added,
      Change changed,
      Change yanked,
      Change removed,
      Change revoked,
      Change cksumChanged) {}

  /// Versions, each a text `NAME VERSION`, by collision key and then in the order of index lines.
  ///
  /// @param count how many
  /// @param digest over the texts, each with a line break
  /// @param items the texts; empty where there are none or too many
  public record Change(long count, Sha256 digest, List<String> items) {
    /// Copies the list.
    public Change {
      items = List.copyOf(items);
    }
  }

  /// How large a bundle is.
  ///
  /// @param parts how many parts it has
  /// @param entries how many index lines
  /// @param mostBlob the length of its largest artefact
  /// @param tables the unpacked lengths of its compressed tables, by file name
  public record Contents(int parts, long entries, long mostBlob, Map<String, Long> tables) {
    /// Copies the map.
    public Contents {
      tables = Map.copyOf(tables);
    }
  }

  /// Reads a file.
  ///
  /// @throws BundleException `metadata-malformed`; `bundle-format-unsupported` if it is of a later
  ///   format or requires what is not known here
  public static BundleStatement parse(Bytes file) {
    return BundleJson.read(file);
  }

  /// Returns the file.
  public Bytes file() {
    return BundleJson.write(this);
  }

  /// Returns the name of the bundle's folder: `prod-e1-00000042-delta`.
  public String folder() {
    return "%s-e%d-%08d-%s".formatted(stream.name(), epoch, sequence, kind.word());
  }
}
