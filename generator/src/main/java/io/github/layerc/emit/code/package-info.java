/**
 * What all emitters share: methods as trees and what they need of their class, names of arguments and constants,
 * operands, formulas, and how much fits a method.
 */
package io.github.layerc.emit.code;
