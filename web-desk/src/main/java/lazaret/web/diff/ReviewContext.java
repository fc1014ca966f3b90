package lazaret.web.diff;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilitiesRequest;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.diff.DiffSubjectInfo;
import lazaret.web.PageProblem;
import lazaret.web.PageRequest;
import lazaret.web.page.PageTime;
import org.jspecify.annotations.Nullable;

/// The material from which the code of a review is shown.
///
/// @param request the request of the browser
/// @param version the reviewed version
/// @param files the files of the difference
/// @param capabilities the capabilities of both versions; null if they cannot be compared
/// @param reading what the visitor has read
/// @param time the form of times and numbers
public record ReviewContext(
    PageRequest request,
    VersionReply version,
    ReviewFiles files,
    @Nullable CapabilitiesReply capabilities,
    ReadState reading,
    PageTime time) {
  /// Only the form of a review fetches an artifact.
  private static final Problem NOT_STORED =
      new Problem(
          ErrorCode.BYTES_MISSING,
          "cannot show the code: expected a stored artifact, found none; open the review and fetch"
              + " it");

  /// Fetches the material of a page.
  ///
  /// @throws PageProblem if the difference cannot be shown
  public static ReviewContext fetch(PageRequest request, ReviewQuery query, PageTime time) {
    return withoutFindings(request, query, time).withCapabilities();
  }

  /// Fetches the material of a part. Without a base no capability is new, so that no line has a
  /// finding; the choice of a base for capabilities alone takes longer than a part may.
  ///
  /// @throws PageProblem if the difference cannot be shown
  public static ReviewContext ofPart(PageRequest request, ReviewQuery query, PageTime time) {
    ReviewContext lines = withoutFindings(request, query, time);
    boolean compared = lines.files.summary().subject().base() != null;
    return compared ? lines.withCapabilities() : lines;
  }

  private ReviewContext withCapabilities() {
    DiffSubjectInfo subject = files.summary().subject();
    CapabilitiesReply found =
        maybe(
            request,
            ReviewOperations.CAPABILITIES,
            new CapabilitiesRequest(subject.name(), subject.version(), subject.base()));
    return new ReviewContext(request, version, files, found, reading, time);
  }

  /// Fetches the material for lines alone.
  ///
  /// @throws PageProblem if the difference cannot be shown
  public static ReviewContext withoutFindings(
      PageRequest request, ReviewQuery query, PageTime time) {
    VersionReply version =
        request.call(CrateOperations.VERSION, new VersionRequest(query.name(), query.version()));
    if (!version.stored() || !isBaseStored(request, query)) {
      throw new PageProblem(404, List.of(NOT_STORED));
    }
    ReviewFiles files = ReviewFiles.of(request, query);
    ReadState state = ReadStateLookup.state(request, files.summary());
    return new ReviewContext(request, version, files, null, state, time);
  }

  /// Returns whether the base that the address names is stored.
  public static boolean isBaseStored(PageRequest request, ReviewQuery query) {
    CrateVersion base = query.base();
    if (base == null || base.equals(query.version())) {
      return true;
    }
    VersionReply version =
        maybe(request, CrateOperations.VERSION, new VersionRequest(query.name(), base));
    return version == null || version.stored();
  }

  /// Returns the value of an operation, or null if it is refused: the page shows less then.
  public static <Q extends Record, R extends Record> @Nullable R maybe(
      PageRequest request, Operation<Q, R> operation, Q order) {
    return request.reply(operation, order) instanceof Reply.Done<R> done ? done.value() : null;
  }

  /// Returns the query with the base that is compared.
  public ReviewQuery query() {
    return files.query();
  }

  /// Returns the findings for the rows of the difference.
  public FindingTable findings() {
    return FindingTable.ofChange(version, capabilities);
  }
}
