package lazaret.bundle.importing;

import java.io.IOException;
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
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.inspect.UnverifiedCrate;
import lazaret.vetting.inspect.Verification;
import org.jspecify.annotations.Nullable;

/// Reads the parts that are needed, each once, and stores their artefacts where the gate has them:
/// no line that is served names them yet. What is held is not taken again, so that an import that
/// was cut short goes on where it was. Not thread-safe.
final class Intake {
  private static final long WEIGHT = 4 << 20;

  private final Site site;
  private final Inspection bundle;
  private final Staging staging;
  private final Optional<Scanner> scanner;
  private final Progress progress;
  private final BitSet todo;
  private final List<Integer> missing = new ArrayList<>();
  private final List<Batch.Write> writes = new ArrayList<>();
  private long weight;
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
    this.todo = (BitSet) needed.parts().clone();
    scanner.ifPresent(s -> todo.or(s.unscanned(bundle.statement().contents().parts())));
    todo.stream().forEach(n -> total += bundle.length(BundleFile.part(n), BundleCode.PART_MISSING));
  }

  /// A part that is read.
  ///
  /// @param copy where it was copied to, or null where it is read from the medium
  private record Open(SignedStream stream, UstarReader archive, @Nullable Path copy) {}

  /// Takes everything.
  ///
  /// @param parts tells what lies where
  /// @throws BundleException `part-damaged`, `part-missing` after everything else was taken,
  ///   `blob-missing`, `blob-undeclared`, `blob-digest-mismatch`, `scan-rejected`, `scan-failed`
  void take(Parts parts) throws IOException {
    progress.at(Progress.Stage.PARTS, 0, total);
    try {
      parts.walk(this::artefact);
      endPart();
    } finally {
      if (open != null) {
        open.stream().close();
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
    Open from = open;
    if (from == null) {
      return;
    }
    try {
      UstarReader archive = from.archive();
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
      if (!site.store().holdsArtefact(blob.digest())) {
        store(new UnverifiedCrate(archive.content(Parts.MOST_BLOB)), id);
      }
    } catch (BundleException e) {
      throw from.stream().instead(e);
    }
    progress.at(Progress.Stage.PARTS, done + blob.offset() + blob.length(), total);
  }

  private void store(UnverifiedCrate crate, CrateId id) {
    switch (crate.verify(id)) {
      case Verification.Match(var verified) -> {
        writes.add(new Batch.Write.PutArtefact(verified));
        weight += crate.bytes().length();
        if (weight > WEIGHT) {
          flush();
        }
      }
      case Verification.Mismatch mismatch ->
          throw new BundleException(
              BundleCode.BLOB_DIGEST_MISMATCH,
              "cannot use %s: its bytes have the sha256 %s".formatted(id, mismatch.found()));
    }
  }

  private void flush() {
    if (!writes.isEmpty()) {
      site.store().commit(Batch.relaxed(writes));
      writes.clear();
      weight = 0;
    }
  }

  /// Returns the part, or null where it is not needed or not here.
  private @Nullable Open begin(int number) throws IOException {
    if (!todo.get(number)) {
      return null;
    }
    String name = BundleFile.part(number);
    String place = bundle.place(name, BundleCode.PART_MISSING);
    if (!bundle.files().lengths().containsKey(place)) {
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
    SignedStream stream =
        SignedStream.open(from, name, BundleCode.PART_DAMAGED, BundleCode.PART_MISSING);
    return new Open(stream, new UstarReader(stream.in(), Ustar.Names.DIGESTS, name), copy);
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
    } catch (BundleException e) {
      throw ended.stream().instead(e);
    }
    ended.stream().finish();
    open = null;
    flush();
    done += bundle.length(BundleFile.part(part), BundleCode.PART_MISSING);
    if (ended.copy() != null) {
      staging.drop(ended.copy());
      scanner.orElseThrow().note(part);
    }
    site.steps().done("part " + part);
  }
}
