package lazaret.vetting.inspect.source;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The words with which the scan of a source compares identifiers.
final class Vocabulary {
  /// The attributes of the language; any other may be a macro.
  private static final String ATTRIBUTES =
      """
      allow warn deny forbid expect cfg derive inline must_use deprecated repr should_panic
      ignore macro_use macro_export non_exhaustive no_mangle link export_name target_feature
      track_caller cold global_allocator automatically_derived proc_macro proc_macro_derive
      proc_macro_attribute no_std no_core no_main no_builtins feature recursion_limit
      type_length_limit crate_type crate_name windows_subsystem panic_handler used
      instruction_set coverage rustc_on_unimplemented rustc_const_stable rustc_const_unstable
      stable unstable debugger_visualizer no_implicit_prelude link_section link_ordinal
      ffi_const marker fundamental lang may_dangle collapse_debuginfo default doc_cfg no_link
      main start rustc_deprecated thread_local unsafe optimize
      rustc_layout_scalar_valid_range_start allow_internal_unstable needs_allocator
      compiler_builtins naked test bench path doc cfg_attr link_name
      """;

  /// The tools whose attributes the compiler ignores.
  private static final String TOOLS = "clippy rustfmt diagnostic miri rustdoc";

  /// The crates that belong to the language.
  private static final String OWN_CRATES = "std core alloc proc_macro";

  /// Words of rules about memory, clipboards, secrets, clocks and checks.
  private static final String TRIGGERS =
      """
      mmap mprotect PROT_EXEC VirtualAlloc VirtualProtect make_exec map_exec ptrace
      process_vm_readv process_vm_writev ReadProcessMemory WriteProcessMemory task_for_pid
      get_text get_contents set_text set_contents seed_from_u64 from_seed UNIX_EPOCH now now_utc
      mnemonic private_key secret_key seed_phrase passphrase recipient transfer withdraw payout
      verify verify_signature verify_server_cert environ macro_export global_asm amount lamports
      destination wallet fee payee beneficiary treasury seed keystore privkey priv_key signing_key
      keypair verify_token validate_token check_password verify_password check_signature
      validate_signature verify_mac verify_tag verify_cert authenticate is_valid verify_hash
      phrase recovery_phrase seed_words xprv rhai mlua rlua rquickjs boa_engine deno_core
      verify_checksum check_token IV NONCE KeyIvInit pbkdf2 pbkdf2_hmac pbkdf2_hmac_array Nonce
      get_locale get_timezone abort set_value set_var from_jwk RegSetValueExW iban\
      """;

  static final CapabilityPaths PATHS =
      new CapabilityPaths(
          words(
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
              "stringify",
              "all",
              "append",
              "transmute",
              "transmute_copy",
              "link_section",
              "no_mangle",
              "export_name",
              "ctor"));

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
  static final int CFG_ATTR = word("cfg_attr");
  static final int ALL = word("all");
  static final int MACRO_RULES = word("macro_rules");
  static final int MACRO_USE = word("macro_use");
  static final int STRINGIFY = word("stringify");
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

  /// Words that make an analysis of the data flows necessary.
  static final boolean[] FOLLOWED =
      set(TRIGGERS + " transmute transmute_copy link_section no_mangle export_name ctor");

  private static final boolean[] PROSE =
      set(
          "doc note html_root_url html_logo_url html_favicon_url issue_tracker_base_url message js_name getter setter"
              + " label error help about long_about since");

  private static final boolean[] OWN_ATTRIBUTES = set(ATTRIBUTES);
  private static final boolean[] OWN_TOOLS = set(TOOLS);
  private static final boolean[] OWN = set(OWN_CRATES);

  private Vocabulary() {}

  private static Set<String> words(String... words) {
    Set<String> all = new TreeSet<>(List.of(words));
    for (String more : List.of(ATTRIBUTES, TOOLS, OWN_CRATES, TRIGGERS)) {
      all.addAll(List.of(more.strip().split("\\s+", -1)));
    }
    return all;
  }

  private static int word(String word) {
    return PATHS.words().number(word);
  }

  private static boolean[] set(String words) {
    boolean[] set = new boolean[PATHS.words().size()];
    for (String word : words.strip().split("\\s+", -1)) {
      set[word(word)] = true;
    }
    return set;
  }

  /// Returns whether an attribute's first word belongs to the language or its tools.
  static boolean ownAttribute(int word) {
    return OWN_ATTRIBUTES[word] || OWN_TOOLS[word];
  }

  /// Returns whether a word is a tool whose attributes the compiler ignores.
  static boolean ownTool(int word) {
    return OWN_TOOLS[word];
  }

  /// Returns whether a word is a crate of the language.
  static boolean ownCrate(int word) {
    return OWN[word];
  }

  /// Returns whether a word may occur between the pieces of one text.
  static boolean glue(int word) {
    return GLUE[word];
  }

  /// Returns whether the value of an attribute's key is a text for readers.
  static boolean prose(int word) {
    return PROSE[word];
  }
}
