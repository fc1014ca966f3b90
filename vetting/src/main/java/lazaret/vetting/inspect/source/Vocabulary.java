package lazaret.vetting.inspect.source;

import java.util.Set;

/// The words that the scan of a source compares identifiers with.
final class Vocabulary {
  static final PathTable PATHS =
      new PathTable(
          Set.of(
              "use",
              "extern",
              "crate",
              "as",
              "self",
              "super",
              "mod",
              "macro_rules",
              "cfg",
              "test",
              "bench",
              "path",
              "doc",
              "note",
              "include",
              "include_str",
              "include_bytes",
              "concat",
              "env",
              "unsafe",
              "fn",
              "asm",
              "global_asm",
              "push_str",
              "push",
              "extend",
              "extend_from_slice",
              "to_owned",
              "to_string",
              "into",
              "String",
              "from",
              "as_str",
              "join",
              "as_bytes",
              "const",
              "static",
              "let",
              "mut",
              "str",
              "u8",
              "char",
              "write_str",
              "vec",
              "parent",
              "Ipv4Addr",
              "new",
              "html_root_url",
              "html_logo_url",
              "html_favicon_url",
              "issue_tracker_base_url",
              "js_name",
              "getter",
              "setter",
              "this",
              "message",
              "label",
              "pub",
              "format",
              "link_name",
              "error",
              "help",
              "about",
              "long_about",
              "since",
              "pop",
              "chars",
              "rev",
              "collect",
              "iter",
              "cfg_attr",
              "append"));

  static final int USE = word("use");
  static final int EXTERN = word("extern");
  static final int CRATE = word("crate");
  static final int AS = word("as");
  static final int SELF = word("self");
  static final int SUPER = word("super");
  static final int MOD = word("mod");
  static final int CFG = word("cfg");
  static final int TEST = word("test");
  static final int BENCH = word("bench");
  static final int PATH = word("path");
  static final int INCLUDE = word("include");
  static final int INCLUDE_STR = word("include_str");
  static final int INCLUDE_BYTES = word("include_bytes");
  static final int ENV = word("env");
  static final int UNSAFE = word("unsafe");
  static final int FN = word("fn");
  static final int ASM = word("asm");
  static final int GLOBAL_ASM = word("global_asm");
  static final int CONST = word("const");
  static final int STATIC = word("static");
  static final int LET = word("let");
  static final int MUT = word("mut");
  static final int PARENT = word("parent");
  static final int IPV4 = word("Ipv4Addr");
  static final int NEW = word("new");
  static final int THIS = word("this");
  static final int LINK_NAME = word("link_name");
  static final int PUSH_STR = word("push_str");
  static final int PUSH = word("push");
  static final int EXTEND = word("extend");
  static final int EXTEND_FROM_SLICE = word("extend_from_slice");

  private static final boolean[] GLUE =
      set(
          "push_str push extend extend_from_slice to_owned to_string into String from as_str concat"
              + " join as_bytes const static let mut str u8 char write_str vec pub format new append");
  private static final boolean[] PROSE =
      set(
          "doc note html_root_url html_logo_url html_favicon_url issue_tracker_base_url message js_name getter setter"
              + " label error help about long_about since");

  private Vocabulary() {}

  private static int word(String word) {
    return PATHS.words().number(word);
  }

  private static boolean[] set(String words) {
    boolean[] set = new boolean[PATHS.words().size()];
    for (String word : words.split(" ", -1)) {
      set[word(word)] = true;
    }
    return set;
  }

  /// Returns whether a word may stand between the pieces of one text.
  static boolean glue(int word) {
    return GLUE[word];
  }

  /// Returns whether the value of an attribute's key is for people to read.
  static boolean prose(int word) {
    return PROSE[word];
  }
}
