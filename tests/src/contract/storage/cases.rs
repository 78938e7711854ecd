//! The list of cases. A test holds it to the functions that there are.

/// Makes one test of each case of the storage suite; see [`contract::storage`](crate::contract::storage).
#[macro_export]
macro_rules! storage_contract {
    ($fresh:ident $(, #[$attribute:meta])* $(,)?) => {
        $crate::__storage_cases! { $fresh, [$(#[$attribute])*],
            transactions {
                a_dropped_unit_leaves_nothing
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __storage_cases {
    ($fresh:ident, $attributes:tt, $($part:ident { $($case:ident)+ })+) => {
        $(mod $part {
            use super::*;
            $($crate::__storage_case! { $fresh, $attributes, $part, $case })+
        })+
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __storage_case {
    ($fresh:ident, [$($attribute:tt)*], $part:ident, $case:ident) => {
        #[test]
        $($attribute)*
        fn $case() {
            $crate::contract::storage::run($fresh, $crate::contract::storage::$part::$case);
        }
    };
}
