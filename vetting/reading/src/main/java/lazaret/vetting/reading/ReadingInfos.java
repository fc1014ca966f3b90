package lazaret.vetting.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.diff.DiffSubjectInfo;
import lazaret.vetting.deskapi.reading.CurrentReaderInfo;
import lazaret.vetting.deskapi.reading.DraftFieldInfo;
import lazaret.vetting.deskapi.reading.FileReadersInfo;
import lazaret.vetting.deskapi.reading.LineNoteInfo;
import lazaret.vetting.deskapi.reading.LineRangeInfo;
import lazaret.vetting.deskapi.reading.ReadFileInfo;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.reading.ReadShareInfo;
import lazaret.vetting.deskapi.reading.ReadStateReply;
import lazaret.vetting.deskapi.reading.ReaderInfo;
import lazaret.vetting.deskapi.reading.ReadersReply;
import lazaret.vetting.deskapi.reading.TextDraftReply;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.review.ContentRole;
import lazaret.vetting.review.FileSummary;
import org.jspecify.annotations.Nullable;

/// The conversion of values of the read ledger to records of the API.
///
/// @param reading the read ledger
record ReadingInfos(ReadingService reading) {
  private static final int MAX_FILES = MarkOrder.MAX_FILES;
  private static final int MAX_READERS = 100;

  /// Returns what a person has read of a version.
  ///
  /// @param shares the lines that count
  /// @param rule the rule for the person
  ReadStateReply state(
      Prepared prepared, ReadShares shares, ReadingRule rule, ApproverPolicy policy) {
    CrateId against = shares.base();
    return new ReadStateReply(
        subject(prepared),
        against == null ? null : against.version(),
        shares.roles().stream().map(each -> share(each, policy)).toList(),
        shares.lines(),
        shares.read(),
        shares.refusal(policy.minRead()),
        files(rule, prepared),
        others(rule.person(), prepared));
  }

  private List<CurrentReaderInfo> others(String person, Prepared prepared) {
    return reading.readers().others(person, prepared.crate().cksum()).stream()
        .map(each -> new CurrentReaderInfo(each.person(), each.since()))
        .toList();
  }

  private static ReadShareInfo share(ReadShare share, ApproverPolicy policy) {
    Integer percent = policy.minRead().get(share.role());
    return new ReadShareInfo(
        role(share.role()),
        share.lines(),
        share.read(),
        percent,
        percent == null ? 0 : share.left(percent));
  }

  private static List<ReadFileInfo> files(ReadingRule rule, Prepared prepared) {
    List<ReadFileInfo> files = new ArrayList<>();
    for (FileSummary summary : ReadingService.filesToRead(prepared.delta(), MAX_FILES)) {
      if (!rule.isKnown(ChangedFile.content(summary))) {
        continue;
      }
      ChangedFile file = ChangedFile.of(prepared.delta(), summary.path());
      long marked = rule.markedCount(file);
      boolean read = rule.isRead(file.content(), file.role());
      if (read || marked > 0) {
        files.add(file(file, rule.marked(file), marked, read));
      }
    }
    return files;
  }

  private static ReadFileInfo file(ChangedFile file, ReadLines marked, long count, boolean read) {
    List<Long> hunks = hunks(file, marked);
    List<LineRange> after = new ArrayList<>();
    List<LineRange> before = new ArrayList<>();
    for (long number : hunks) {
      ReadLines hunk = file.hunks().get((int) number - 1);
      after.addAll(hunk.after().ranges());
      before.addAll(hunk.before().ranges());
    }
    ReadLines whole = new ReadLines(new LineRangeSet(after), new LineRangeSet(before));
    ReadLines rest = marked.minus(whole);
    return new ReadFileInfo(
        file.path(), file.count(), count, hunks, ranges(rest.after()), ranges(rest.before()), read);
  }

  private static List<LineRangeInfo> ranges(LineRangeSet lines) {
    return lines.ranges().stream()
        .map(each -> new LineRangeInfo(each.first(), each.last()))
        .toList();
  }

  private static List<Long> hunks(ChangedFile file, ReadLines marked) {
    List<Long> hunks = new ArrayList<>();
    for (int i = 0; i < file.hunks().size(); i++) {
      if (marked.containsAll(file.hunks().get(i))) {
        hunks.add(i + 1L);
      }
    }
    return hunks;
  }

  /// Returns the readers of the files of a difference.
  ///
  /// @param path the path of the only file, which need not be one to read; null for all files to
  ///   read
  ReadersReply readers(Prepared prepared, @Nullable String path) {
    List<FileSummary> asked =
        path == null
            ? ReadingService.filesToRead(prepared.delta(), MAX_FILES)
            : prepared.delta().files().stream().filter(each -> each.path().equals(path)).toList();
    List<FileReadersInfo> files = new ArrayList<>();
    for (FileSummary summary : asked) {
      Sha256 content = ChangedFile.content(summary);
      List<ReaderInfo> readers =
          reading.readers(content, MAX_READERS).stream()
              .flatMap(each -> each.entries().stream().map(entry -> reader(each, entry)))
              .toList();
      if (!readers.isEmpty()) {
        files.add(new FileReadersInfo(summary.path(), role(summary.role()), content, readers));
      }
    }
    return new ReadersReply(subject(prepared), files);
  }

  private static ReaderInfo reader(ReadContent content, ReadEntry entry) {
    return new ReaderInfo(
        content.person(), role(entry.role()), entry.at(), entry.base() != null, entry.whole());
  }

  /// Returns the part that a client marks.
  ///
  /// @throws MalformedException if the client marks nothing
  static MarkOrder.FilePart part(ReadMarkInfo mark) {
    ReadLines lines = new ReadLines(lines(mark.after()), lines(mark.before()));
    boolean some = !mark.hunks().isEmpty() || lines.count() > 0;
    if (!mark.all() && !mark.changed() && !some) {
      throw new MalformedException(
          "cannot record what was read of %s: expected `hunks`, lines, `changed` or `all`, found none; name what was shown"
              .formatted(Excerpt.of(mark.path())));
    }
    return new MarkOrder.FilePart(
        mark.path(),
        mark.content(),
        mark.baseContent(),
        mark.all(),
        mark.changed() ? List.of() : mark.hunks(),
        mark.changed() ? ReadLines.NONE : lines);
  }

  private static LineRangeSet lines(List<LineRangeInfo> ranges) {
    return new LineRangeSet(
        ranges.stream().map(each -> new LineRange(each.first(), each.last())).toList());
  }

  static LineNoteInfo note(LineNote note) {
    return new LineNoteInfo(
        note.number(),
        note.person(),
        note.at(),
        note.cksum(),
        note.path(),
        note.content(),
        note.line(),
        note.text());
  }

  static TextDraftReply draft(TextDraft draft) {
    return new TextDraftReply(
        draft.at(),
        draft.fields().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(field -> new DraftFieldInfo(field.getKey(), field.getValue()))
            .toList());
  }

  private static DiffSubjectInfo subject(Prepared prepared) {
    CrateId crate = prepared.crate();
    CrateId base = prepared.base();
    return new DiffSubjectInfo(
        crate.name(),
        crate.version(),
        crate.cksum(),
        base == null ? null : base.version(),
        base == null ? null : base.cksum());
  }

  private static DiffRole role(ContentRole role) {
    return switch (role) {
      case BUILD_SCRIPT -> DiffRole.BUILD_SCRIPT;
      case MACRO -> DiffRole.MACRO;
      case MANIFEST -> DiffRole.MANIFEST;
      case RUNTIME -> DiffRole.RUNTIME;
      case TEST -> DiffRole.TEST;
      case DATA -> DiffRole.DATA;
    };
  }
}
