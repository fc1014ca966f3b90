@NullMarked
package lazaret.vetting.audit;

import org.jspecify.annotations.NullMarked;
