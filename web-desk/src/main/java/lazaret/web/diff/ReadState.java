package lazaret.web.diff;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.diff.DiffRoleInfo;
import lazaret.vetting.deskapi.reading.CurrentReaderInfo;
import lazaret.vetting.deskapi.reading.ReadFileInfo;
import lazaret.vetting.deskapi.reading.ReadStateReply;

/// The lines of a difference that one person has read.
///
/// @param roles the lines by role, for each role with lines to read
/// @param files what was marked, by the path of the file
/// @param missing what the policy requires of an approval and is not read; empty if its
///   requirements are met
/// @param limit the reason for which the lines count less than they seem to; empty if they count
/// @param current the other persons who read the version now
public record ReadState(
    Map<DiffRole, LineShare> roles,
    Map<String, ReadFileInfo> files,
    String missing,
    String limit,
    List<CurrentReaderInfo> current) {
  public ReadState {
    roles = Map.copyOf(roles);
    files = Map.copyOf(files);
    current = List.copyOf(current);
  }

  /// The state of a difference that is not known.
  public static final ReadState UNKNOWN = new ReadState(Map.of(), Map.of(), "", "", List.of());

  /// Creates the state of a person who has read nothing.
  public static ReadState none(DiffReply difference) {
    return new ReadState(roles(difference, Map.of()), Map.of(), "", "", List.of());
  }

  /// Returns the state that a reply describes.
  public static ReadState of(DiffReply difference, ReadStateReply reply) {
    Map<String, ReadFileInfo> files = new HashMap<>();
    reply.files().forEach(file -> files.put(file.path(), file));
    String refusal = reply.refusal();
    return new ReadState(
        roles(difference, files),
        files,
        refusal == null ? "" : capital(refusal),
        limit(reply),
        reply.current());
  }

  /// Returns the lines by role. Marks count here even if they do not count for an approval: the
  /// person sees the lines that are left to look at.
  private static Map<DiffRole, LineShare> roles(
      DiffReply difference, Map<String, ReadFileInfo> files) {
    Map<DiffRole, Long> read = new HashMap<>();
    for (DiffFileInfo file : difference.files()) {
      ReadFileInfo marked = files.get(file.path());
      if (marked != null && file.unread() == null) {
        read.merge(file.role(), read(marked), Long::sum);
      }
    }
    Map<DiffRole, LineShare> roles = new LinkedHashMap<>();
    for (DiffRoleInfo role : difference.roles()) {
      if (role.readLines() > 0) {
        long lines = Math.min(read.getOrDefault(role.role(), 0L), role.readLines());
        roles.put(role.role(), new LineShare(lines, role.readLines()));
      }
    }
    return roles;
  }

  private static long read(ReadFileInfo file) {
    return file.read() ? file.lines() : Math.min(file.marked(), file.lines());
  }

  private static String limit(ReadStateReply reply) {
    if (reply.subject().base() == null || Objects.equals(reply.subject().base(), reply.against())) {
      return "";
    }
    return reply.against() == null
        ? "%s is neither approved nor audited: an approval counts the whole version, %,d of %,d"
            .formatted(reply.subject().base().text(), reply.read(), reply.lines())
        : "An approval counts the lines since %s, %,d of %,d"
            .formatted(reply.against().text(), reply.read(), reply.lines());
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /// Returns the lines of all roles.
  public LineShare all() {
    return new LineShare(
        roles.values().stream().mapToLong(LineShare::read).sum(),
        roles.values().stream().mapToLong(LineShare::total).sum());
  }

  /// Returns the lines of a file.
  public LineShare file(DiffFileInfo file) {
    long lines = file.amount() == null ? 0 : file.amount().lines();
    ReadFileInfo marked = files.get(file.path());
    return marked == null ? new LineShare(0, lines) : share(marked);
  }

  /// Returns the lines of a file with marks.
  public static LineShare share(ReadFileInfo file) {
    return new LineShare(read(file), file.lines());
  }

  /// Returns whether a piece of a hunk is read: with the hunk, or alone. A person reads lines that
  /// are cut on the page of the file.
  boolean isRead(ReviewFile file, HunkLines lines, HunkPiece piece) {
    ReadFileInfo marked = files.get(lines.path());
    boolean byLines = !lines.whole() || !lines.cut().isEmpty();
    return isRead(lines) || (marked != null && byLines && piece.isMarked(file, marked));
  }

  /// Returns whether a hunk is read. That of a file without lines has the number 0.
  public boolean isRead(HunkLines hunk) {
    ReadFileInfo marked = files.get(hunk.path());
    if (marked == null) {
      return false;
    }
    boolean own =
        hunk.number() == 0 ? marked.marked() > 0 : marked.hunks().contains((long) hunk.number());
    return marked.read() || own;
  }

  /// Returns the roles with lines to read, in the order of decreasing danger.
  public List<DiffRole> order() {
    return roles.keySet().stream().sorted().toList();
  }
}
