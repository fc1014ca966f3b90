package lazaret.bundle.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.Inspection;
import lazaret.bundle.checking.SignedStream;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BundleFile;
import lazaret.bundle.format.InOrder;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Store;
import lazaret.vetting.inspect.UnverifiedCrate;
import lazaret.vetting.inspect.Verification;
import org.jspecify.annotations.Nullable;

/// Reads the parts that are needed, each once, and stores their artefacts where the gate has them:
/// no line that is served names them yet. What is held is not taken again, so that an import that
/// was cut short goes on where it was. Artefacts are hashed on all processors, a few megabytes
/// ahead, and stored from the memory that was hashed.
///
/// The digest of a part is not computed: every byte of it follows from the table and the artefacts
/// ([Ustar]). Only where something is wrong the part is read again, to say whether it is the one
/// that was signed. Not thread-safe.
final class Intake {
  private static final long AHEAD = 8 << 20;
  private static final int BUFFER = 256 << 10;

  /// How much is stored before it is put on disk and held.
  private static final long SETTLED = 512 << 20;

  private final Site site;
  private final Inspection bundle;
  private final Staging staging;
  private final Optional<Scanner> scanner;
  private final Progress progress;
  private final BitSet todo;
  private final Store.Bulk bulk;
  private final InOrder<Hashed> hashing = new InOrder<>(AHEAD);
  private final List<Integer> missing = new ArrayList<>();
  private long unsettled;
  private long total;
  private long done;
  private int part;
  private @Nullable Open open;

  /// @param bundle its files lie on the medium
  /// @param needed what is to be taken
  Intake(
      Site site,
      Inspection bundle,
      Staging staging,
      Parts.Needed needed,
      Optional<Scanner> scanner,
      Progress progress) {
    this.site = site;
    this.bundle = bundle;
    this.staging = staging;
    this.scanner = scanner;
    this.progress = progress;
    this.bulk = site.store().bulk();
    this.todo = (BitSet) needed.parts().clone();
    scanner.ifPresent(s -> todo.or(s.unscanned(bundle.statement().contents().parts())));
    todo.stream().forEach(n -> total += bundle.length(BundleFile.part(n), BundleCode.PART_MISSING));
  }

  /// A part that is read.
  ///
  /// @param from the bundle with the files that it is read from
  /// @param copy where it was copied to, or null where it is read from the medium
  private record Open(Inspection from, InputStream in, UstarReader archive, @Nullable Path copy) {}

  /// What an artefact was found to be; stored where it matches and is not held yet.
  private record Hashed(CrateId id, boolean held, Verification found) {}

  /// Takes everything.
  ///
  /// @param parts tells what lies where
  /// @throws BundleException `part-damaged`, `part-missing` after everything else was taken,
  ///   `blob-missing`, `blob-undeclared`, `blob-digest-mismatch`, `scan-rejected`, `scan-failed`
  void take(Parts parts) throws IOException {
    progress.at(Progress.Stage.PARTS, 0, total);
    try (hashing) {
      parts.walk(this::artefact);
      endPart();
    } finally {
      if (open != null) {
        open.in().close();
      }
    }
    if (!missing.isEmpty()) {
      throw Parts.missing(missing);
    }
  }

  private void artefact(Blob blob, CrateId id) throws IOException {
    if (blob.part() != part) {
      endPart();
      part = blob.part();
      open = begin(part);
    }
    if (open == null) {
      return;
    }
    try {
      hash(blob, id, open.archive());
      while (hashing.isFull()) {
        store(hashing.take());
      }
    } catch (BundleException e) {
      throw instead(open, e);
    }
    progress.at(Progress.Stage.PARTS, done + blob.offset() + blob.length(), total);
  }

  private void hash(Blob blob, CrateId id, UstarReader archive) throws IOException {
    Optional<Ustar.Entry> entry = archive.next();
    if (entry.isEmpty() || !entry.get().name().equals(blob.digest().hex())) {
      throw new BundleException(
          BundleCode.BLOB_MISSING,
          "cannot use part %d: expected %s, found %s"
              .formatted(part, id, entry.map(Ustar.Entry::name).orElse("its end")));
    }
    if (entry.get().size() != blob.length()) {
      Sha256 found = archive.digest();
      throw new BundleException(
          BundleCode.BLOB_DIGEST_MISMATCH,
          "cannot use %s from part %d: expected %d bytes, found %d with the sha256 %s"
              .formatted(id, part, blob.length(), entry.get().size(), found));
    }
    boolean held = site.store().holdsArtefact(blob.digest());
    Bytes content = archive.content(Parts.MOST_BLOB);
    hashing.add(blob.length(), () -> new Hashed(id, held, new UnverifiedCrate(content).verify(id)));
  }

  private void store(Hashed hashed) {
    switch (hashed.found()) {
      case Verification.Match(var verified) -> {
        if (!hashed.held()) {
          bulk.put(verified);
          unsettled += verified.bytes().length();
        }
      }
      case Verification.Mismatch mismatch ->
          throw new BundleException(
              BundleCode.BLOB_DIGEST_MISMATCH,
              "cannot use %s: its bytes have the sha256 %s"
                  .formatted(hashed.id(), mismatch.found()));
    }
    if (unsettled > SETTLED) {
      settle();
    }
  }

  private void settle() {
    bulk.settle();
    unsettled = 0;
    site.steps().done("stored");
  }

  /// Returns the part, or null where it is not needed or not here.
  private @Nullable Open begin(int number) throws IOException {
    if (!todo.get(number)) {
      return null;
    }
    String name = BundleFile.part(number);
    if (!bundle.files().lengths().containsKey(bundle.place(name, BundleCode.PART_MISSING))) {
      missing.add(number);
      return null;
    }
    if (scanner.isEmpty()) {
      return open(bundle, name, null);
    }
    Path copy = staging.copy(name, BundleCode.PART_MISSING);
    progress.at(Progress.Stage.SCAN, done, total);
    scanner.get().scan(copy);
    return open(staging.copies(), name, copy);
  }

  private static Open open(Inspection from, String name, @Nullable Path copy) {
    String place = from.place(name, BundleCode.PART_MISSING);
    long signed = from.length(name, BundleCode.PART_MISSING);
    long length = from.files().lengths().getOrDefault(place, 0L);
    if (length != signed) {
      throw new BundleException(
          BundleCode.PART_DAMAGED,
          "cannot use '%s': expected %d bytes, found %d".formatted(name, signed, length));
    }
    InputStream in = new BufferedInputStream(from.files().open(place), BUFFER);
    return new Open(from, in, new UstarReader(in, Ustar.Names.DIGESTS, name), copy);
  }

  private void endPart() throws IOException {
    Open ended = open;
    if (ended == null) {
      return;
    }
    try {
      Optional<Ustar.Entry> more = ended.archive().next();
      if (more.isPresent()) {
        throw new BundleException(
            BundleCode.BLOB_UNDECLARED,
            "cannot use part %d: the table does not know its entry %s"
                .formatted(part, more.get().name()));
      }
      while (!hashing.isEmpty()) {
        store(hashing.take());
      }
    } catch (BundleException e) {
      throw instead(ended, e);
    }
    ended.in().close();
    open = null;
    settle();
    done += bundle.length(BundleFile.part(part), BundleCode.PART_MISSING);
    if (ended.copy() != null) {
      staging.drop(ended.copy());
      scanner.orElseThrow().note(part);
    }
    site.steps().done("part " + part);
  }

  /// Returns what to refuse a part with after something was wrong within. What was found to be
  /// right until then is kept.
  private BundleException instead(Open damaged, BundleException found) throws IOException {
    settle();
    try (SignedStream whole =
        SignedStream.open(
            damaged.from(),
            BundleFile.part(part),
            BundleCode.PART_DAMAGED,
            BundleCode.PART_MISSING)) {
      return whole.instead(found);
    }
  }
}
