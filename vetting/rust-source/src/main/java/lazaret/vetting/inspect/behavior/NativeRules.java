package lazaret.vetting.inspect.behavior;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// Execution that bypasses the standard library, functions that run before `main`, and functions
/// that replace those of the system.
final class NativeRules {
  private static final WordSet CALLS =
      WordSet.split(
          "execl execle execlp execv execve execvp execvpe execveat fexecve posix_spawn"
              + " posix_spawnp memfd_create memfd_secret dlopen dlmopen dlsym mprotect"
              + " pkey_mprotect ptrace process_vm_writev process_vm_readv syscall system popen"
              + " vfork clone3 finit_module LoadLibraryA LoadLibraryW LoadLibraryExW GetProcAddress"
              + " VirtualAlloc VirtualProtect CreateProcessA CreateProcessW ShellExecuteA"
              + " ShellExecuteW WinExec CreateRemoteThread WriteProcessMemory NtCreateThreadEx");
  private static final WordSet LOADS =
      WordSet.of("load_extension", "load_library", "load_with_flags");
  private static final WordSet BEGIN =
      CALLS.and(
          LOADS,
          WordSet.of(
              "new",
              "transmute",
              "transmute_copy",
              "link_section",
              "ctor",
              "export_name",
              "no_mangle",
              "global_asm",
              "include_bytes"));
  private static final WordSet LOADED =
      WordSet.of("dlopen", "dlmopen", "LoadLibraryA", "LoadLibraryW", "LoadLibraryExW");
  private static final Set<String> MEMORY =
      Set.of(
          "memfd_create",
          "fexecve",
          "execveat",
          "mprotect",
          "VirtualAlloc",
          "VirtualProtect",
          "WriteProcessMemory");
  private static final Pattern SECTION =
      Pattern.compile(
          "\\.init_array|\\.preinit_array|\\.ctors|\\.fini_array|\\.dtors|mod_init_func|mod_term_func|\\.CRT\\$X|^\\.init|^\\.fini");
  private static final Pattern SYSTEM =
      Pattern.compile(
          "^(?:(?:c|m|re)alloc|calloc|free|posix_memalign|aligned_alloc|(?:f|open|fd)?open(?:64|at|at64)?|close|read|write|pread|pwrite|readv|writev"
              + "|connect|socket|send|recv|sendto|recvfrom|sendmsg|recvmsg|bind|accept4?|getaddrinfo|gethostbyname|res_query"
              + "|gethostbyaddr|getnameinfo|res_n?(?:query|search|send)|inet_(?:addr|pton|ntop|aton)|shutdown|listen|poll|select|epoll_wait|sendfile|splice|v?fork|posix_spawnp?|waitpid|kill|signal|sigaction|mmap|munmap|mprotect|fopen|fwrite|fread|fclose|fgets|fputs|getline|opendir|readdir(?:64)?|remove|mkdir|chmod|chown|chdir|dup2?|pipe|getuid|geteuid|setuid|getlogin|gethostname|uname|syslog|localtime|gmtime|strftime|nanosleep|sleep|usleep|memcmp|strcmp|strncmp|strcasecmp|timingsafe_bcmp|CRYPTO_memcmp|exec(?:v|ve|vp|l|le|lp)|system|popen|dlopen|dlsym|getenv|secure_getenv|setenv|getpw(?:nam|uid)"
              + "|(?:SSL|X509|BIO|PEM|RSA|ECDSA|EC|DH|CRYPTO|HMAC|ERR|PKCS7|PKCS12|OCSP|TLS|NSS|CERT|SEC)_[A-Za-z0-9_]+|Sec(?:Trust|Key|Item|Certificate)[A-Za-z]+"
              + "|(?:wolfSSL|mbedtls|curl|nghttp2|_nss|PQ|sqlite3|inflate|deflate|uncompress)[A-Za-z0-9_]*|gnutls_[a-z_]+|EVP_[A-Za-z_]+|RAND_bytes|PR_(?:Write|Read)|crypto_[a-z]+|tls_[a-z_]+"
              + "|getrandom|getentropy|arc4random|rand|random|time|gettimeofday|clock_gettime|pthread_create|__libc_start_main|_init|_start|atexit"
              + "|stat|lstat|fstat|access|readlink|unlink|rename|ioctl|ptrace|pam_[a-z_]+|crypt|memfd_create|puts|printf|abort|exit|_exit|CreateFileW|send_?file)$");

  private static final Pattern GLOBAL = Pattern.compile("\\.glob[a]?l\\s+_?([A-Za-z0-9_]+)");
  private static final Set<String> ALLOCATOR =
      Set.of(
          ("malloc calloc realloc free posix_memalign aligned_alloc memalign valloc pvalloc"
                  + " reallocarray malloc_usable_size cfree")
              .split(" ", -1));

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;
  private final Map<String, Integer> allocators = new TreeMap<>();
  private boolean others;
  private final boolean opens;

  /// @param opens whether the source reaches files, programs or the network
  NativeRules(SourceTokens code, ValueFlow values, Receiver receiver, boolean opens) {
    this.opens = opens;
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find() {
    boolean data = false;
    int included = -1;
    for (int i : code.at(BEGIN)) {
      String word = code.word(i);
      if (CALLS.contains(word) && !code.is(i - 1, '.') && !code.is(i - 1, "fn") && !declared(i)) {
        receiver.found(Behavior.NATIVE_EXECUTION, i, "");
        data |= MEMORY.contains(word);
        if (LOADED.contains(word) && code.is(i + 1, '(')) {
          loaded(i);
        }
      } else if (LOADS.contains(word) && code.is(i + 1, '(') && !code.is(i - 1, "fn")) {
        loaded(i);
      } else if (code.is(i, "new") && code.is(i - 2, "Library") && code.separator(i - 1)) {
        loaded(i);
      } else if (word.equals("transmute") || word.equals("transmute_copy")) {
        transmuted(i);
      } else if (word.equals("link_section") && code.is(i + 1, '=')) {
        section(i, values.texts().of(i + 2, Math.min(code.size(), i + 3)));
      } else if (word.equals("ctor")
          && (code.is(i - 1, '[') || (code.separator(i - 1) && code.is(i + 1, ']')))) {
        receiver.found(Behavior.CONSTRUCTOR, i, "");
      } else if (word.equals("export_name") && code.is(i + 1, '=')) {
        symbol(i, values.texts().of(i + 2, Math.min(code.size(), i + 3)));
      } else if (word.equals("no_mangle")) {
        exported(i);
      } else if (word.equals("global_asm") && code.macro(i)) {
        assembled(i);
      }
      included = word.equals("include_bytes") && code.macro(i) ? i : included;
    }
    allocator();
    if (data && included >= 0) {
      receiver.found(Behavior.DATA_AS_CODE, included, "");
    }
  }

  private void loaded(int at) {
    receiver.found(Behavior.LIBRARY_LOAD, at, "");
    int origins = values.origins(new Range(at + 2, code.close(at + 1)));
    if (ValueOrigin.any(origins, ValueOrigin.FOREIGN)) {
      receiver.found(Behavior.RECEIVED_RUN, at, "");
    }
  }

  private boolean declared(int at) {
    return !code.separator(at - 1) && (!code.is(at + 1, '(') || own(code.word(at)));
  }

  /// Returns whether a function of the source has such a name: a build script may define a
  /// `system`.
  private boolean own(String name) {
    for (int i = 1; i < code.size(); i++) {
      if (code.is(i, name) && code.is(i - 1, "fn") && code.is(i + 1, '(')) {
        int end = code.close(i + 1) + 1;
        while (end < code.size() && !code.is(end, '{') && !code.is(end, ';')) {
          end = code.close(end) + 1;
        }
        return code.is(end, '{');
      }
    }
    return false;
  }

  /// Reads `transmute::<_, extern "C" fn()>(data)` and a transmutation of data.
  private void transmuted(int at) {
    int end = code.end(at, false);
    boolean function = false;
    for (int i = Math.max(0, at - 24); i < end; i++) {
      function |=
          code.is(i, "fn")
              && (code.is(i + 1, '(') || code.is(i - 1, "extern") || code.string(i - 1));
    }
    if (!function) {
      return;
    }
    if (!code.quoted(at)) {
      receiver.found(Behavior.NATIVE_EXECUTION, at, "");
    }
    int origins = values.origins(new Range(at, end));
    if (ValueOrigin.any(origins, ValueOrigin.INCLUDED, ValueOrigin.FILE, ValueOrigin.DECODED)) {
      receiver.found(Behavior.DATA_AS_CODE, at, "");
    }
  }

  private void section(int at, String name) {
    if (SECTION.matcher(name).find()) {
      receiver.found(Behavior.CONSTRUCTOR, at, "");
    }
  }

  private void symbol(int at, String name) {
    if (ALLOCATOR.contains(name)) {
      allocators.put(name, at);
    } else if (SYSTEM.matcher(name).matches()) {
      receiver.found(Behavior.SYMBOL_OVERRIDE, at, "");
      others = true;
    }
  }

  /// Reports functions of an allocator, unless the source replaces all of them and nothing else.
  private void allocator() {
    boolean whole =
        allocators.containsKey("malloc") && allocators.containsKey("free") && !others && !opens;
    if (!whole) {
      allocators.values().forEach(at -> receiver.found(Behavior.SYMBOL_OVERRIDE, at, ""));
    }
  }

  /// Reads the symbols in the text for an assembler.
  private void assembled(int at) {
    String text = values.texts().of(at + 3, code.close(at + 2));
    Matcher global = GLOBAL.matcher(text);
    while (global.find()) {
      symbol(at, global.group(1));
    }
  }

  /// Finds the name of the function or static after an attribute.
  private void exported(int at) {
    for (int i = at + 1; i < Math.min(code.size(), at + 64); i++) {
      if (code.is(i, "fn") || code.is(i, "static")) {
        symbol(i, code.word(code.is(i + 1, "mut") ? i + 2 : i + 1));
        return;
      }
      if (code.is(i, ';') || code.is(i, '{')) {
        return;
      }
    }
  }
}
