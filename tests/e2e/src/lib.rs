//! Real browsers driven over WebDriver.
