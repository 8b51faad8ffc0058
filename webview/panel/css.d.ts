/** Style sheets that the bundler puts beside the page's script. */
declare module '*.css';
