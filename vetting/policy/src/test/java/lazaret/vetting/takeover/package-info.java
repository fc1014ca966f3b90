@NullMarked
package lazaret.vetting.takeover;

import org.jspecify.annotations.NullMarked;
