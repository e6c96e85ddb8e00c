//! What is wrong with a study folder, and how does a researcher read it?
