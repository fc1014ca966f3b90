package lazaret.bundle.format;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;

/// The statement of a bundle: its identity, validity and contents, stored as the file
/// `bundle.json`.
///
/// @param stream the stream of the snapshot
/// @param audience the networks that may import the bundle; `*` means all
/// @param epoch the epoch of the online keys, from 1
/// @param sequence the sequence of the snapshot, from 1
/// @param kind the kind of bundle
/// @param bases the snapshots that a delta applies to, oldest first; empty in other kinds. The
///   delta has every crate that changed since the oldest base as a whole, so it applies to each of
///   them.
/// @param minSequence the least snapshot that a revocation applies to; 0 in other kinds
/// @param result the resulting snapshot; for a revocation the snapshot that it was made from
/// @param previous the SHA-256 of the previous statement; empty for the first one
/// @param issued the time of export, in whole seconds
/// @param expires the time of expiry, from which the bundle is not imported any more
/// @param nextExpectedBy the time for which the next bundle is promised
/// @param policyDigest the digest of the policy in force
/// @param feeds the feeds whose records the bundle contains
/// @param changes the differences from the oldest base; from an empty snapshot in a full bundle
/// @param contents the sizes of the bundle
/// @param product the program and its version
/// @param extras what the bundle has in addition to crates
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
    String product,
    Extras extras) {
  /// The name of the file.
  public static final String FILE = "bundle.json";

  /// The largest length of the file in bytes.
  public static final int MOST = 1 << 20;

  private static final int MOST_NAMES = 100;
  private static final Pattern NETWORK = Pattern.compile("[!-~]{1,64}");

  /// Creates the statement of a bundle with crates alone.
  public BundleStatement(
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
    this(
        stream,
        audience,
        epoch,
        sequence,
        kind,
        bases,
        minSequence,
        result,
        previous,
        issued,
        expires,
        nextExpectedBy,
        policyDigest,
        feeds,
        changes,
        contents,
        product,
        Extras.NONE);
  }

  /// Copies the lists and checks that the numbers fit the kind.
  ///
  /// @throws MalformedException see [#checkedAudience]
  /// @throws IllegalArgumentException if epoch or sequence are not positive, if a delta has no base
  ///   or its last base is not before its own sequence, or if another kind has a base
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
          case ADVISORIES ->
              bases.isEmpty() && minSequence == 0 && extras.site().hasOnlyRevocations();
        };
    fits &= extras.advisories().isPresent() == (kind == SnapshotKind.ADVISORIES);
    if (!fits || epoch < 1 || sequence < 1) {
      throw new IllegalArgumentException(
          "no %s of epoch %d and sequence %d on %s".formatted(kind.code(), epoch, sequence, bases));
    }
  }

  /// Checks and copies the names of networks.
  ///
  /// @throws MalformedException if there are none or too many, or a name has other characters than
  ///   printable ASCII without spaces. The names are shown to people.
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
  /// @param uuid the identifier that distinguishes streams
  /// @param name the name for people: lower-case letters, digits and dashes
  public record Stream(String uuid, String name) {}

  /// A snapshot, identified by sequence and content.
  ///
  /// @param sequence the sequence
  /// @param stateRoot the root of its state tree
  public record State(long sequence, Sha256 stateRoot) {}

  /// The state that a bundle results in.
  ///
  /// @param stateRoot the root of the state tree
  /// @param crates the number of crates with lines
  /// @param versions the number of lines
  /// @param bytes the bytes of all artifacts in the last full bundle and the later ones
  public record Result(Sha256 stateRoot, long crates, long versions, long bytes) {}

  /// The differences between two snapshots.
  ///
  /// @param added the new versions
  /// @param changed the versions whose line or decision differs in another way than the following
  /// @param yanked the versions whose `yanked` field differs
  /// @param removed the versions that are no longer in the snapshot
  /// @param revoked the versions that were served and are denied now
  /// @param cksumChanged the versions that have other bytes under the same number
  public record Changes(
      Change added,
      Change changed,
      Change yanked,
      Change removed,
      Change revoked,
      Change cksumChanged) {}

  /// A list of versions, each as the text `NAME VERSION`. The order is that of collision keys and
  /// then of index lines.
  ///
  /// @param count the number of versions
  /// @param digest the SHA-256 over the texts, each with a line break
  /// @param items the texts; empty if there are none or too many
  public record Change(long count, Sha256 digest, List<String> items) {
    /// Copies the list.
    public Change {
      items = List.copyOf(items);
    }
  }

  /// The sizes of a bundle.
  ///
  /// @param parts the number of parts
  /// @param entries the number of index lines
  /// @param mostBlob the length of the largest artifact in bytes
  /// @param tables the uncompressed lengths of the compressed tables in bytes, by file name
  public record Contents(int parts, long entries, long mostBlob, Map<String, Long> tables) {
    /// Copies the map.
    public Contents {
      tables = Map.copyOf(tables);
    }
  }

  /// The content of a bundle in addition to crates.
  ///
  /// @param site what it carries of the site
  /// @param changes the changes of feeds, of a bundle of advisories alone; otherwise null
  public record Extras(SiteContents site, @Nullable AdvisoryUpdate changes) {
    /// A bundle with crates alone.
    public static final Extras NONE = new Extras(SiteContents.NONE, null);

    /// Returns the changes of feeds, of a bundle of advisories alone.
    public Optional<AdvisoryUpdate> advisories() {
      return Optional.ofNullable(changes);
    }
  }

  /// The content of the site in a bundle: files, and private crates.
  ///
  /// @param collections the collections that it states completely, sorted; [#PRIVATE] for the names
  ///   and origins of private crates, [#REVOKED_RESULTS] for revocations of inspection results
  /// @param parts the number of parts with files
  /// @param rows the number of rows
  public record SiteContents(List<String> collections, int parts, long rows) {
    /// The collection of private names.
    public static final String PRIVATE = "private";

    /// The collection of revocations of inspection results, which a bundle of any kind may have.
    public static final String REVOKED_RESULTS = "revoked-results";

    /// A bundle without files and private crates.
    public static final SiteContents NONE = new SiteContents(List.of(), 0, 0);

    private static final Pattern COLLECTION = Pattern.compile("[a-z][a-z-]{0,31}");

    /// Copies the list.
    ///
    /// @throws MalformedException if the collections are not sorted names, or there is something
    ///   without a collection
    public SiteContents {
      collections = List.copyOf(collections);
      boolean named = collections.stream().allMatch(name -> COLLECTION.matcher(name).matches());
      if (!named
          || !List.copyOf(new TreeSet<>(collections)).equals(collections)
          || (collections.isEmpty() && (parts > 0 || rows > 0))) {
        throw new MalformedException(
            "expected sorted collections of a site, found " + Excerpt.of(collections.toString()));
      }
    }

    /// Returns whether the bundle carries nothing of the site except revocations of inspection
    /// results, which deny something as the bundle itself does.
    public boolean hasOnlyRevocations() {
      return parts == 0 && List.of(REVOKED_RESULTS).containsAll(collections);
    }

    /// Returns whether the bundle carries nothing of the site.
    public boolean isEmpty() {
      return collections.isEmpty();
    }
  }

  /// The changes of feeds.
  ///
  /// @param sequence the number of the bundle among the bundles of advisories of its stream
  /// @param whole the names of feeds that the bundle has as a whole, sorted; of the others it has
  ///   the changes
  public record AdvisoryUpdate(long sequence, List<String> whole) {
    /// Copies the list.
    public AdvisoryUpdate {
      whole = List.copyOf(whole);
    }
  }

  /// Parses a statement.
  ///
  /// @throws BundleException `metadata-malformed`; `bundle-format-unsupported` if the statement has
  ///   a later format or requires an unknown feature
  public static BundleStatement parse(Bytes file) {
    return BundleStatementCodec.read(file);
  }

  /// Returns the bytes of the file.
  public Bytes file() {
    return BundleStatementCodec.write(this);
  }

  /// Returns the name of the folder of the bundle, for example `prod-e1-00000042-delta`.
  public String folder() {
    return folder(stream.name(), epoch, sequence, kind)
        + extras.advisories().map(update -> "-" + update.sequence()).orElse("");
  }

  /// Returns the name of the folder of a bundle that is not one of advisories.
  public static String folder(String stream, long epoch, long sequence, SnapshotKind kind) {
    return "%s-e%d-%08d-%s".formatted(stream, epoch, sequence, kind.code());
  }
}
