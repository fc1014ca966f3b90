package lazaret.vetting.inspect.purpose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// File permissions in lines of source.
public final class FileMode {
  private static final Pattern NUMBER = Pattern.compile("0o?([0-7]{3,4})(?:_?u32)?\\b");
  private static final Pattern IMPORT =
      Pattern.compile("\\s*(?:pub )?use [^;()]*;?\\s*(?:\\.\\.)?");
  private static final Pattern FOLDER = Pattern.compile("(?i)\\bdir\\b|_dir\\b|DirBuilder|folder");
  private static final int EXECUTABLE = 0111;

  private FileMode() {}

  /// Returns whether a line only brings names into scope.
  public static boolean imports(String line) {
    return IMPORT.matcher(line).matches();
  }

  /// Returns whether the permissions in a line do not make a file executable. The mode has no such
  /// bit, or it is that of a folder for its owner alone.
  public static boolean harmless(String line) {
    Matcher number = NUMBER.matcher(line);
    boolean any = false;
    while (number.find()) {
      int mode = Integer.parseInt(number.group(1), 8);
      boolean folder = mode == 0700 && FOLDER.matcher(line).find();
      if ((mode & EXECUTABLE) != 0 && !folder) {
        return false;
      }
      any = true;
    }
    return any;
  }
}
