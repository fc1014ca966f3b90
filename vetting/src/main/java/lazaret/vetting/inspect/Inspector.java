package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// Inspects `.crate` files: conformance of the archive, and the facts of its manifest.
public final class Inspector {
  /// The version of the rules. It rises with every change that could change findings.
  public static final int VERSION = 1;

  /// How many problems of one archive are recorded before the inspection stops.
  public static final int MAX_PROBLEMS = Problems.MAX;

  private static final String MANIFEST = "Cargo.toml";
  private static final String MANIFEST_KEY = TarPath.collisionKey(MANIFEST);
  private static final String BUILD_SCRIPT_KEY = "build.rs";

  private final CrateId id;
  private final InspectLimits limits;
  private final List<Problem> manifestProblems = new ArrayList<>();
  private @Nullable CrateManifest manifest;
  private boolean manifestMet;
  private boolean buildRsInRoot;

  private Inspector(CrateId id, InspectLimits limits) {
    this.id = id;
    this.limits = limits;
  }

  /// Inspects bytes that need not be those of the index line; the findings name their digest.
  ///
  /// @param id what the index says of the crate
  /// @param crate anything at all: no bytes make it throw
  public static Findings inspect(CrateId id, Bytes crate, InspectLimits limits) {
    return new Inspector(id, limits).findings(crate, Sha256.of(crate));
  }

  /// Inspects verified bytes, without hashing them again.
  public static Findings inspect(VerifiedCrate crate, InspectLimits limits) {
    return new Inspector(crate.id(), limits).findings(crate.bytes(), crate.id().cksum());
  }

  private Findings findings(Bytes crate, Sha256 sha256) {
    ArchiveWalk walk = new CrateArchive(id.name(), id.version(), crate).walk(limits, this::visit);
    if (walk.whole() && !manifestMet) {
      complain(ProblemCode.MANIFEST_MISSING, MANIFEST, "there is none in the root of the crate");
    }
    List<Problem> problems = new ArrayList<>(walk.problems());
    problems.addAll(manifestProblems);
    if (problems.size() > MAX_PROBLEMS) {
      problems = problems.subList(0, MAX_PROBLEMS);
    }
    return new Findings(sha256, VERSION, problems, facts(walk));
  }

  private CrateFacts facts(ArchiveWalk walk) {
    CrateManifest read = manifest;
    if (read == null || read.defect() != null || !walk.whole()) {
      return CrateFacts.unread(walk.unpackedBytes(), walk.entries());
    }
    return new CrateFacts(
        read.hasBuildScript(buildRsInRoot),
        read.isProcMacro(),
        read.licence(),
        read.links(),
        walk.unpackedBytes(),
        walk.entries());
  }

  private void visit(ArchiveEntry entry, EntryContent content) {
    if (entry.directory() || !entry.inRoot()) {
      return;
    }
    if (entry.path().equals(MANIFEST)) {
      manifestMet = true;
      readManifest(content);
      return;
    }
    String key = TarPath.collisionKey(entry.path());
    if (key.equals(MANIFEST_KEY)) {
      complain(
          ProblemCode.MANIFEST_WRONG_CASE,
          entry.path(),
          "it is " + MANIFEST + " on some file systems only");
    }
    // In any case: on Windows and macOS cargo would find it.
    buildRsInRoot |= key.equals(BUILD_SCRIPT_KEY);
  }

  private void readManifest(EntryContent content) {
    if (content.remaining() > limits.manifestBytes()) {
      complain(
          ProblemCode.MANIFEST_UNREADABLE,
          MANIFEST,
          "expected at most " + limits.manifestBytes() + " bytes, found " + content.remaining());
      return;
    }
    long size = content.remaining();
    Bytes text = content.read(limits.manifestBytes());
    if (text.length() < size) {
      return; // The archive is cut off here, and says so itself.
    }
    CrateManifest read = CrateManifest.read(text);
    manifest = read;
    String defect = read.defect();
    if (defect != null) {
      complain(ProblemCode.MANIFEST_UNREADABLE, MANIFEST, defect);
      return;
    }
    expect("name", id.name().published(), read.name());
    // Cargo reads versions with the spaces around them cut off.
    String version = read.version();
    expect("version", id.version().text(), version == null ? null : version.strip());
  }

  private void expect(String key, String inIndex, @Nullable String inManifest) {
    if (!Objects.equals(inIndex, inManifest)) {
      String found = inManifest == null ? "none" : "'" + Excerpt.of(inManifest) + "'";
      complain(
          ProblemCode.MANIFEST_MISMATCH,
          MANIFEST,
          "expected the " + key + " '" + inIndex + "' of the index, found " + found);
    }
  }

  private void complain(ProblemCode code, String path, String detail) {
    manifestProblems.add(new Problem(code, path, detail));
  }
}
