/// Files of other languages that a crate carries: scripts, makefiles, C and its like.
@NullMarked
package lazaret.vetting.inspect.script;

import org.jspecify.annotations.NullMarked;
