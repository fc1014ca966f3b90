package lazaret.vetting.inspect.behavior;

import java.util.regex.Pattern;

/// Texts that are scripts of an interpreter, and fetch or decode what they run.
public final class ScriptLiterals {
  private static final Pattern FETCHES =
      Pattern.compile(
          "(?i)urlopen|urllib|requests\\.(?:get|post)|https?://|fetch\\(|https?\\.get|XMLHTTP|WebClient|Download(?:String|File|Data)|\\bcurl\\b|\\bwget\\b|\\biwr\\b|Invoke-(?:WebRequest|RestMethod)|socket|LWP|Net::HTTP|base64|FromBase64|b64decode|/dev/tcp|Image2|bitsadmin");
  private static final Pattern RUNS =
      Pattern.compile(
          "(?i)\\bexec\\(|\\beval"
              + " ?\\(|\\beval\\b|os\\.system|subprocess|child_process|\\biex\\b|Invoke-Expression|do"
              + " shell script|\\|\\s*(?:ba|z)?sh\\b|Start-Process|ShellExecute|\\.Run |new"
              + " Function|vm\\.run|execfile|__import__|spawn|Reflection\\.Assembly|chmod"
              + " \\+x|pty\\.spawn|\\| ?python");
  private static final int LEAST = 16;

  private ScriptLiterals() {}

  /// Returns whether a text is such a script.
  public static boolean is(String text) {
    return text.length() >= LEAST && FETCHES.matcher(text).find() && RUNS.matcher(text).find();
  }
}
