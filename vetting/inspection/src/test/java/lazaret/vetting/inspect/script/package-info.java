/// Tests of the scan of scripts.
@NullMarked
package lazaret.vetting.inspect.script;

import org.jspecify.annotations.NullMarked;
