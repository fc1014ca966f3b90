@NullMarked
package lazaret.vetting.scrub;

import org.jspecify.annotations.NullMarked;
