package lazaret.vetting.review;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The references among the files of a crate: modules, and files named in string literals. These
/// include `include!`, `#[path]`, `cc::Build::file` and macros of the crate. Comments and dead code
/// count too, since the result only decides the reading order. Not thread-safe.
final class FileReferences {
  private static final int MAX = 20_000;
  private static final int MAX_PER_FILE = 2_000;
  private static final Pattern NAMED =
      Pattern.compile("\\bmod\\s+(?:r#)?(\\w{1,64})|\"([\\w./=:+@-]{1,200})\"");

  private final Map<String, List<String>> named = new HashMap<>();
  private int count;

  /// Collects the names in a file.
  void scan(String path, String text) {
    Matcher matcher = NAMED.matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find() && found.size() < MAX_PER_FILE && count < MAX) {
      String module = matcher.group(1);
      if (module != null) {
        found.addAll(List.of(module + ".rs", module + "/mod.rs"));
        found.addAll(List.of(stem(path) + module + ".rs", stem(path) + module + "/mod.rs"));
        count += 4;
      } else if (matcher.group(2).indexOf('.') >= 0) {
        found.add(matcher.group(2));
        count++;
      }
    }
    if (!found.isEmpty()) {
      named.put(path, found);
    }
  }

  /// Returns the folder of the modules of a file that is not a crate root: `src/a.rs` has `a/`.
  private static String stem(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return (dot < 0 ? file : file.substring(0, dot)) + "/";
  }

  /// Returns the files that are reachable from a set of files.
  ///
  /// @param from the files to start from
  /// @param present all files of the crate
  Set<String> reached(Set<String> from, Set<String> present) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    for (String path : from) {
      if (present.contains(path) && reached.add(path)) {
        open.add(path);
      }
    }
    while (!open.isEmpty()) {
      String path = open.remove();
      for (String name : named.getOrDefault(path, List.of())) {
        String bare = name.substring(name.indexOf('=') + 1);
        for (String target : List.of(normal(folder(path) + bare), normal(bare))) {
          if (present.contains(target) && reached.add(target)) {
            open.add(target);
          }
        }
      }
    }
    return reached;
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /// Returns a path without `.`, `..` and leading slashes, as crate files are named. A path that
  /// leaves the crate becomes empty.
  static String normal(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return "";
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
