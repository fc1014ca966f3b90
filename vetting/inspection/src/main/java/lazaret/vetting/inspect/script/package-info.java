/// Files of other languages in a crate: scripts, makefiles, C and similar sources.
@NullMarked
package lazaret.vetting.inspect.script;

import org.jspecify.annotations.NullMarked;
